"""Held-out text is held out."""

import pytest

from qml.compression.subjects.apart import check_apart
from qml.errors import ConfigError

SEEN = "\n".join(f"A line of news number {i}, long enough to count." for i in range(40))
OTHER = "\n".join(f"Something else entirely, told as item {i} of a list." for i in range(40))


def test_texts_that_share_nothing() -> None:
    assert check_apart({"a": SEEN}, {"b": OTHER}) == ()


@pytest.mark.parametrize("text", [SEEN, f"\n{SEEN}\n\n", SEEN[200:900], f"{OTHER}\n{SEEN}"])
def test_text_that_was_seen(text: str) -> None:
    with pytest.raises(ConfigError, match="decisions are made on") as caught:
        check_apart({"a": SEEN}, {"b": text})
    assert "held-out text must be another one" in str(caught.value.hint)


def test_lines_in_another_order() -> None:
    shuffled = "\n".join(reversed(SEEN.splitlines()[:30]))
    with pytest.raises(ConfigError, match=r"7[56]% of b is in the text"):
        check_apart({"a": SEEN}, {"b": f"{shuffled}\n{OTHER[: len(shuffled) // 3]}"})


def test_a_few_common_lines_are_told() -> None:
    (note,) = check_apart({"a": SEEN}, {"b": f"{OTHER}\n{SEEN.splitlines()[3]}"})
    assert "of b is in the text that decisions were made on" in note
    assert note.startswith("2.")


def test_short_lines_may_be_in_both() -> None:
    assert check_apart({"a": f"Chapter 1\n{SEEN}"}, {"b": f"Chapter 1\n{OTHER}"}) == ()
