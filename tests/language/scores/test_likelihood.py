"""Likelihood of answers."""

import math

import pytest

from qml.language.scores import mean_logprob, perplexity


def test_mean_and_perplexity() -> None:
    assert mean_logprob([-1.0, -3.0]) == -2
    assert perplexity(-math.log(8)) == pytest.approx(8)
    assert perplexity(0.0) == 1


@pytest.mark.parametrize("logprobs", [[], [None], [-1.0, None]])
def test_unavailable_is_never_zero(logprobs: list[float | None]) -> None:
    assert mean_logprob(logprobs) is None
    assert perplexity(None) is None
