import numpy as np
import pytest
from scipy.special import rel_entr
from scipy.stats import binom

from qml.testing.sequential.chernoff import kl, shots_to_part


@pytest.mark.parametrize("f, m", [(0.3, 0.5), (0.0, 0.2), (1.0, 0.7), (0.5, 0.5)])
def test_kl_is_scipys(f, m):
    assert kl(f, m) == pytest.approx(rel_entr(f, m) + rel_entr(1 - f, 1 - m))


@pytest.mark.parametrize("right, wrong", [(0.5, 0.55), (0.5, 0.45), (1.0, 0.95), (0.02, 0.07)])
def test_the_shots_part_two_binomials_and_not_many_fewer_would(right, wrong):
    shots = shots_to_part(right, wrong, 1e-6, 1e-6)
    assert _errors(shots, right, wrong) <= 1e-6
    assert _errors(shots // 2, right, wrong) > 1e-6


def _errors(shots, right, wrong):
    """The larger error of the best threshold, by exact binomial tails."""
    up = wrong > right
    c = np.arange(shots + 1)
    if up:
        return np.maximum(binom.sf(c - 1, shots, right), binom.cdf(c - 1, shots, wrong)).min()
    return np.maximum(binom.cdf(c, shots, right), binom.sf(c, shots, wrong)).min()


def test_a_certain_answer_needs_a_tenth_of_the_shots():
    assert shots_to_part(1.0, 0.95, 1e-6, 1e-6) < shots_to_part(0.5, 0.45, 1e-6, 1e-6) / 10
