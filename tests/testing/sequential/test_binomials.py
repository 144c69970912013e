import numpy as np
import pytest
from scipy.stats import binomtest

from qml.testing.sequential.binomials import rarest

RIGHT = np.array([0.6, 0.3, 0.1, 0.0])


@pytest.mark.parametrize("tally", [[600, 300, 100, 0], [680, 250, 70, 0], [590, 300, 109, 1]])
@pytest.mark.parametrize("tolerance", [0.0, 0.03])
def test_it_is_the_smallest_of_scipys_exact_tests(tally, tolerance):
    tails = []
    for seen, p in zip(tally, RIGHT, strict=True):
        tails.append(binomtest(seen, 1000, min(1, p + tolerance), alternative="greater").pvalue)
        if p > tolerance:
            tails.append(binomtest(seen, 1000, p - tolerance, alternative="less").pvalue)
    right = min(1.0, 8 * min(tails))
    assert rarest(np.array(tally), RIGHT, tolerance) == pytest.approx(right, rel=1e-6, abs=1e-8)


def test_a_certain_outcome_may_be_certain():
    assert rarest(np.array([1000, 0]), np.array([1.0, 0.0]), 0.0) == 1.0
