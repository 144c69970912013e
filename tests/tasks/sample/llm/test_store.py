"""Answers on the disk: whatever text they hold, all are read again, or the damage is told."""

from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qml.errors import RunError
from qml.tasks.sample.llm.batch import Given
from qml.tasks.sample.llm.store import Made, Store


def made(text):
    return Made(given=Given(text=text, logprob=-0.5, attributes={"a": "b"}), tokens=3, seed=1)


@pytest.fixture
def store(tmp_path):
    return Store(SimpleNamespace(artifacts=tmp_path))


def written(store, *texts):
    with store.writing({}) as writer:
        for text in texts:
            writer.add("p", made(text))
    return store._path


@given(st.lists(st.text(st.characters(codec="utf-8")), max_size=4))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_text_comes_back(store, texts):
    texts += ["one\u2028two\u2029three\x85four\r\nfive\x1c"]
    written(store, *texts)
    assert store.known() == {"p": [made(text) for text in texts]}


def test_a_last_line_that_was_cut_is_left_out(store):
    path = written(store, "first", "caf\N{LATIN SMALL LETTER E WITH ACUTE}")
    whole = path.read_bytes()
    for end in range(whole.index(b"\n") + 1, len(whole) - 1):
        path.write_bytes(whole[:end])
        assert store.known() == {"p": [made("first")]}


@pytest.mark.parametrize("damage", [b"nonsense", b"", b"[1]", b'{"id": "p"}'])
def test_damage_before_the_last_line_is_told(store, damage):
    path = written(store, "first", "second")
    first, second, _ = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([first, damage, second, b""]))
    with pytest.raises(RunError, match=r"line 2 of .* is damaged"):
        store.known()


def test_what_is_kept_is_never_half_on_the_disk(store):
    path = written(store, "first")
    before = path.read_bytes()

    def torn():
        yield made("first")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), store.writing({"p": torn()}):
        pass
    assert path.read_bytes() == before
