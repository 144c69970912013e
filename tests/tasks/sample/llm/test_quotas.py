"""Quotas as people write them."""

import pytest

from qml.errors import ConfigError, PlanError
from qml.tasks.sample.llm.quotas import (
    Quota,
    groups_of,
    parse_quota,
    require_possible_wishes,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("g=f:2", ("g", "f", 2, 2)),
        ("g = f : 2+", ("g", "f", 2, None)),
        ("g=f:1-3", ("g", "f", 1, 3)),
        ("g=2", ("g", None, 2, None)),
        ("url=http://a:80:0", ("url", "http://a:80", 0, 0)),
    ],
)
def test_forms(text, expected):
    assert parse_quota(text) == Quota(text, *expected)


@pytest.mark.parametrize("text", ["g", "=f:2", "g=f", "g=:2", "g=f:two", "g=2+", "g=f:3-1", "g=-1"])
def test_others_are_refused(text):
    with pytest.raises(ConfigError, match="quota `"):
        parse_quota(text)


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["g=f:4"], "asks for 4, but 3 are chosen"),
        (["g=f:2", "g=m:2"], "of `g` ask for 4 answers together"),
        (["g=f:2", "g=f:0-1"], "exclude each other"),
    ],
)
def test_what_cannot_hold_is_known_before_answers_are(texts, words):
    with pytest.raises(PlanError, match=words):
        require_possible_wishes([parse_quota(text) for text in texts], 3, 24)


def test_quotas_become_groups_of_places():
    rows = [{"g": "f"}, {"g": "m"}, {}, {"g": "f"}]
    (women,) = groups_of([parse_quota("g=f:1+")], rows)
    assert women == ("g=f", (0, 3), 1, 2)
    both = groups_of([parse_quota("g=1")], rows)
    assert [group.label for group in both] == ["g=f", "g=m"]
    with pytest.raises(PlanError, match="no answer has an attribute `age`"):
        groups_of([parse_quota("age=1")], rows)
