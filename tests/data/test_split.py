import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.data.split import stratified
from qml.errors import DataError

COUNTS = st.lists(st.integers(2, 40), min_size=2, max_size=6)
FRACTIONS = st.floats(0.01, 0.99)
SEEDS = st.integers(0, 2**31 - 1)


def names(counts) -> list[str]:
    return [str(code) for code in range(len(counts))]


@settings(deadline=None)
@given(COUNTS, FRACTIONS, SEEDS)
def test_each_class_is_on_both_sides(counts, fraction, seed):
    labels = np.random.default_rng(seed).permutation(np.repeat(np.arange(len(counts)), counts))
    drawn = stratified(labels, fraction, seed=seed, classes=names(counts))
    for side in (drawn, ~drawn):
        assert set(labels[side]) == set(range(len(counts)))


@settings(deadline=None)
@given(COUNTS, FRACTIONS, SEEDS)
def test_each_class_gives_its_share_up_to_one_row(counts, fraction, seed):
    labels = np.repeat(np.arange(len(counts)), counts)
    drawn = stratified(labels, fraction, seed=seed, classes=names(counts))
    taken = np.bincount(labels[drawn])
    assert np.all(np.abs(taken - np.asarray(counts) * fraction) <= 1.5)


@settings(deadline=None)
@given(st.integers(10, 200), FRACTIONS, SEEDS)
def test_the_total_is_exact_where_classes_are_large(rows, fraction, seed):
    labels = np.arange(3 * rows) % 3
    wanted = round(fraction * len(labels))
    if 3 <= wanted <= len(labels) - 3:
        drawn = stratified(labels, fraction, seed=seed, classes=names(range(3)))
        assert drawn.sum() == wanted


def test_the_seed_decides():
    labels = np.arange(100) % 2
    draws = [stratified(labels, 0.3, seed=seed, classes=["0", "1"]) for seed in (1, 1, 2)]
    np.testing.assert_array_equal(draws[0], draws[1])
    assert (draws[0] != draws[2]).any()


def test_too_few_rows_names_the_classes():
    with pytest.raises(DataError, match=r"too few rows to split: .*fewer than two are `b`, `c`"):
        stratified(np.asarray([0, 0, 1]), 0.5, seed=0, classes=["a", "b", "c"])
