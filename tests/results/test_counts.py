import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qml.results.counts import Counts


def test_wire_zero_is_the_first_character_and_the_most_significant_bit():
    samples = np.array([[1, 0, 0], [1, 0, 0], [0, 0, 1]])
    counts = Counts.from_samples(samples)
    assert counts == Counts(3, {"001": 1, "100": 2})
    assert counts.shots == 3
    assert counts.probabilities() == pytest.approx([0, 1 / 3, 0, 0, 2 / 3, 0, 0, 0])


@given(
    arrays(np.int8, st.tuples(st.integers(1, 40), st.integers(1, 5)), elements=st.integers(0, 1))
)
def test_nothing_is_lost(samples):
    counts = Counts.from_samples(samples)
    bits, times = counts.arrays()
    assert bits.shape == (len(counts.tally), samples.shape[1])
    again = Counts.from_samples(np.repeat(bits, times, axis=0))
    assert again == counts
    assert counts.probabilities().sum() == pytest.approx(1)
    assert counts.probabilities().shape == (2 ** samples.shape[1],)
