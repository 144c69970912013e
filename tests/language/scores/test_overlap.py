"""Self-BLEU, against values computed by hand."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.language.scores import self_bleu
from qml.language.scores.overlap import bleu
from qml.language.words import words

texts = st.lists(st.text("abc ", max_size=12), min_size=2, max_size=6)


@pytest.mark.parametrize("text", ["the cat sat on the mat", "hi", ""])
def test_an_identical_set(text: str) -> None:
    assert self_bleu([text] * 3) == pytest.approx(1)


def test_nothing_in_common() -> None:
    assert self_bleu(["a b c d", "e f g h"]) == 0


def test_clipping_as_in_the_paper() -> None:
    """Papineni et al., example 2: `the` counts as often as in the best reference, 2 of 7."""
    candidate = words("the the the the the the the")
    references = [words("the cat is on the mat"), words("there is a cat on the mat")]
    expected = math.exp((math.log(2 / 7) + math.log(1 / 7) + math.log(1 / 6) + math.log(1 / 5)) / 4)
    assert bleu(candidate, references) == pytest.approx(expected)


def test_brevity() -> None:
    short = bleu(words("a b c d"), [words("a b c d e f")])
    assert short == pytest.approx(math.exp(1 - 6 / 4))


def test_the_closest_reference_counts() -> None:
    assert bleu(words("a b c d"), [words("a b c d e f"), words("a b c d")]) == pytest.approx(1)


def test_one_text_has_no_others() -> None:
    assert self_bleu(["alone"]) is None


@settings(max_examples=25, deadline=None)
@given(texts)
def test_a_share(some: list[str]) -> None:
    score = self_bleu(some)
    assert score is not None
    assert 0 <= score <= 1 + 1e-12
    assert self_bleu(some[::-1]) == pytest.approx(score)
