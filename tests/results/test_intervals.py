import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from qml.errors import DataError
from qml.results.intervals import wilson

# Newcombe, Stat. Med. 17 (1998) 857, table I: score method without continuity correction, 95 %
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize("successes, trials, low, high", NEWCOMBE)
def test_published_intervals(successes, trials, low, high):
    assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.99, 0.999])
@pytest.mark.parametrize("successes, trials", [(0, 1), (1, 1), (3, 7), (55, 60), (8213, 10_000)])
def test_agrees_with_scipy(successes, trials, confidence):
    theirs = binomtest(successes, trials).proportion_ci(confidence, method="wilson")
    ours = wilson(successes, trials, confidence)
    assert ours == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@given(st.data(), st.integers(1, 100_000), st.floats(0.01, 0.9999))
def test_contains_the_proportion_inside_the_unit_interval(data, trials, confidence):
    successes = data.draw(st.integers(0, trials))
    low, high = wilson(successes, trials, confidence)
    assert 0 <= low <= successes / trials <= high <= 1


@given(st.integers(1, 5_000), st.floats(0.5, 0.999))
def test_is_symmetric_in_right_and_wrong(trials, confidence):
    low, high = wilson(trials // 3, trials, confidence)
    low_other, high_other = wilson(trials - trials // 3, trials, confidence)
    assert (low, high) == pytest.approx((1 - high_other, 1 - low_other), abs=1e-12)


def test_covers_what_it_promises():
    draws = np.random.default_rng(0).binomial(360, 0.95, size=2_000)
    hits = sum(low <= 0.95 <= high for low, high in (wilson(int(d), 360) for d in draws))
    assert 0.93 < hits / 2_000 < 0.98


@pytest.mark.parametrize(
    "successes, trials, confidence", [(0, 0, 0.95), (3, 2, 0.95), (-1, 2, 0.95), (1, 2, 1.0)]
)
def test_refuses_what_is_out_of_range(successes, trials, confidence):
    with pytest.raises(DataError):
        wilson(successes, trials, confidence)
