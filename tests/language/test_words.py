"""Words, as scores and extraction see them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from qml.language.words import fold, words


def test_words() -> None:
    assert words("It\u2019s  Caf\u00e9-time, 3 TIMES!") == [
        "it's",
        "caf\u00e9",
        "time",
        "3",
        "times",
    ]


@settings(max_examples=25, deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing_in_plain_text(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()
    assert fold(fold(plain)) == fold(plain)
