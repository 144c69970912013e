"""Batches: what a line may say, and what is told of one that cannot be used."""

import json

import pytest

from qml.tasks.sample.llm.batch import read_batch


def read(*rows, n=24, k=2):
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    return read_batch("\n".join(lines), n=n, k=k)


def test_lines_are_named_by_their_id_or_number():
    items, bad = read({"prompt": "a"}, "", {"prompt": "b", "id": 7, "n": 3})
    assert not bad
    assert [(item.id, item.line, item.n) for item in items] == [("1", 1, 24), ("7", 3, 3)]


def test_answers_are_texts_or_objects():
    told = {"text": "y", "logprob": -1, "age": 3, "sure": True, "none": None}
    ((item,), _) = read({"prompt": "a", "answers": ["x", told]})
    assert [answer.text for answer in item.answers] == ["x", "y"]
    assert item.answers[1].logprob == -1.0
    assert item.answers[1].attributes == {"age": "3", "sure": "True"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("[1]", "not a JSON object"),
        ("{", "not JSON"),
        ({"prompt": 3}, "`prompt` is missing"),
        ('{"prompt": "\\ud83d"}', "half of a character"),
        ({"prompt": "a", "n": "many"}, "`n` is 'many'"),
        ({"prompt": "a", "n": 1}, "2 cannot be chosen of 1"),
        ({"prompt": "a", "answers": []}, "`answers` is not a list"),
        ({"prompt": "a", "answers": ["x", ""]}, "answer 2 is empty"),
        ({"prompt": "a", "answers": ["x", 3]}, "answer 2 has no `text`"),
        ({"prompt": "a", "answers": [{"text": "x", "logprob": "-1"}, "y"]}, "is no number"),
        ({"prompt": "a", "answers": [{"text": "x", "tags": []}, "y"]}, "neither a text nor"),
    ],
)
def test_bad_lines_say_why(row, reason):
    items, bad = read({"prompt": "fine"}, row)
    assert len(items) == 1
    assert bad[0].line == 2
    assert reason in bad[0].reason


def test_a_line_ends_at_a_line_feed_alone():
    breaks = "a\u2028b\u2029c\x85d"
    items, bad = read_batch(
        json.dumps({"prompt": breaks, "id": 1}, ensure_ascii=False) + '\r\n{"prompt": "b"}\n',
        n=2,
        k=2,
    )
    assert not bad
    assert [(item.prompt, item.line) for item in items] == [(breaks, 1), ("b", 2)]
