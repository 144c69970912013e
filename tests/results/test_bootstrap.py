"""The paired bootstrap, against scipy's and against what is known of means."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import bootstrap

from qml.errors import DataError
from qml.results.bootstrap import FEW, resampling


def drawn(count=400, clusters=40, seed=0):
    rng = np.random.default_rng(seed)
    of = np.arange(count) // (count // clusters)
    shared = rng.normal(size=clusters)[of]
    return of, 1 + 0.3 * shared + 0.3 * rng.normal(size=count)


def test_bounds_are_scipys_where_each_output_is_a_cluster():
    values = np.random.default_rng(1).gamma(2, size=300)
    mine = resampling(np.arange(300), seed=3).interval(values)
    scipys = bootstrap(
        (values,), np.mean, n_resamples=10_000, method="percentile", rng=np.random.default_rng(3)
    ).confidence_interval
    assert mine.mean == values.mean()
    assert mine.low == pytest.approx(scipys.low, abs=0.01)
    assert mine.high == pytest.approx(scipys.high, abs=0.01)


def test_clusters_widen_the_interval_and_pairs_narrow_it():
    of, a = drawn()
    b = a + 0.05 + 0.01 * np.random.default_rng(5).normal(size=len(a))
    whole, alone = resampling(of, seed=0), resampling(np.arange(len(a)), seed=0)
    assert whole.units == 40
    found, naive = whole.interval(a), alone.interval(a)
    assert found.high - found.low > 2 * (naive.high - naive.low)
    paired = whole.paired(a, b)
    assert paired.difference.low < -0.05 < paired.difference.high < 0
    assert paired.p_value == pytest.approx(2 / 10_001)
    assert paired.difference.high - paired.difference.low < (found.high - found.low) / 20
    assert paired.ratio.low < a.mean() / b.mean() < paired.ratio.high < 1


def test_few_chunks_are_cut_into_blocks():
    found = resampling(np.repeat([7, 8, 9], 447), seed=0)
    assert found.words("token") == "42 blocks of up to 32 tokens in 3 chunks"
    assert found.units == 42
    sizes = np.bincount(found.unit)
    assert sizes.min() >= 31
    for cluster in range(3):  # no block spans two chunks
        mine = found.unit[cluster * 447 : (cluster + 1) * 447]
        assert set(mine) == set(range(cluster * 14, cluster * 14 + 14))
    assert resampling(np.zeros(31), seed=0).units == 31, "short texts are cut finer"
    assert resampling(np.arange(50), seed=0).words("image") == "50 images"
    assert resampling(np.arange(60) // 2, seed=0).words("token") == "30 chunks of tokens"


def test_equal_things_do_not_differ():
    of, a = drawn()
    same = resampling(of, seed=0).paired(a, a.copy())
    assert same.p_value == 1
    assert same.difference == (0, 0, 0)
    assert same.ratio == (1, 1, 1)


def test_the_interval_covers_as_often_as_it_says():
    inside = 0
    for seed in range(100):
        values = np.random.default_rng(seed).normal(size=64)
        _, low, high = resampling(np.arange(64), seed=seed, samples=1_000).interval(values)
        inside += low <= 0 <= high
    assert 0.88 <= inside / 100 <= 0.99


@given(st.integers(1, 200), st.integers(1, 30), st.integers(0, 5))
@settings(max_examples=30, deadline=None)
def test_all_outputs_belong_to_units_and_draws_are_seeded(outputs, clusters, seed):
    of = np.arange(outputs) % clusters
    found = resampling(of, seed=seed, samples=20)
    assert (found.draws.sum(1) == found.units).all()
    assert set(found.unit) == set(range(found.units))
    assert found.units >= min(outputs, FEW) or found.block is None
    assert (found.draws == resampling(of, seed=seed, samples=20).draws).all()
    low, high = np.arange(outputs).min(), np.arange(outputs).max()
    interval = found.interval(np.arange(outputs))
    assert low <= interval.low <= interval.high <= high


def test_nothing_cannot_be_drawn():
    with pytest.raises(DataError, match="at least one output"):
        resampling(np.array([]), seed=0)
