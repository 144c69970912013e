"""Differences over rows and seeds: seeds are no rows, and few of them know little."""

import numpy as np
import pytest
from scipy.stats import t

from qml.benchmarking.judging.clustered import Block, mean_difference
from qml.benchmarking.judging.margin import Margin
from qml.benchmarking.judging.timings import ratio
from qml.results.tests import mcnemar_exact


def block(values, seeds=1, share=None):
    values = np.asarray(values)
    rows = len(values) // seeds
    return Block(
        values=values,
        rows=np.tile(np.arange(rows), seeds),
        seeds=np.repeat(np.arange(seeds), rows),
        share=share,
    )


def test_one_seed_is_mcnemars_exact_test():
    found = mean_difference([block([1] * 9 + [-1] * 2 + [0] * 49)])
    assert found.p_value == pytest.approx(mcnemar_exact(9, 2))
    assert found.value == pytest.approx(7 / 60)
    low, high = found.bounds
    assert low < found.value < high


def test_seeds_that_change_nothing_are_no_evidence():
    once = [1] * 9 + [-1] * 2 + [0] * 49
    one, five = mean_difference([block(once)]), mean_difference([block(once * 5, 5)])
    assert five.p_value == one.p_value
    assert five.bounds == one.bounds


def test_seeds_on_the_same_rows_are_not_more_rows():
    rng = np.random.default_rng(0)
    hard = rng.choice([1, 0, -1], 60, p=[0.25, 0.65, 0.10])
    noise = rng.random((5, 60)) < 0.1
    values = np.where(noise, 0, hard).ravel()
    naive = mcnemar_exact(int((values > 0).sum()), int((values < 0).sum()))
    assert mean_difference([block(values, 5)]).p_value > 100 * naive


def test_splits_that_overlap_widen_the_interval():
    rng = np.random.default_rng(1)
    values = rng.choice([1, 0, -1], 300, p=[0.2, 0.7, 0.1])
    alone, overlapping = (mean_difference([block(values, 5, share)]) for share in (0.0, 0.25))
    assert overlapping.error > alone.error


def test_answers_that_are_all_alike_have_an_interval_of_some_width():
    found = mean_difference([block([0] * 60)])
    assert found.p_value == 1.0
    assert found.bounds[0] < 0 < found.bounds[1]


@pytest.mark.parametrize("errors", [0.5, 2.0, 6.0])
def test_margin_is_students_where_one_part_is_all(errors):
    seeds = Margin(share=1.0, seeds=4, rest=1e6)
    assert seeds.p_value(errors) == pytest.approx(2 * t.sf(errors, 4), rel=1e-5)
    assert seeds.errors(seeds.p_value(errors)) == pytest.approx(errors, rel=1e-4)


def test_ratio_of_medians_covers_the_truth():
    rng = np.random.default_rng(0)
    covered = 0
    for seed in range(30):
        ours, theirs = rng.lognormal(0, 0.2, 30), rng.lognormal(0.3, 0.2, 30)
        low, high = ratio([(ours, theirs)], interleaved=False, seed=seed).bounds
        covered += low <= np.exp(-0.3) <= high
    assert covered >= 25


def test_what_slows_both_is_cancelled_where_they_were_measured_in_turns():
    rng = np.random.default_rng(0)
    load = rng.lognormal(0, 0.5, 40)
    ours, theirs = load * rng.lognormal(0, 0.02, 40), load * 1.2 * rng.lognormal(0, 0.02, 40)
    together = ratio([(ours, theirs)], interleaved=True)
    apart = ratio([(ours, theirs)], interleaved=False)
    assert together.p_value < 0.01 < apart.p_value
    assert ratio([(ours, ours)], interleaved=True).p_value == 1.0


def test_many_rows_do_not_make_up_for_the_luck_of_seeds():
    rng = np.random.default_rng(0)
    luck = np.repeat([0.45, 0.0, 0.3, -0.05, 0.1], 400)
    values = (rng.random(2_000) < np.abs(luck)) * np.sign(luck).astype(int)
    found = mean_difference([block(values, 5)])
    assert found.value > 0.1
    assert found.p_value > 0.05


def test_five_rows_that_differ_are_five_however_many_seeds():
    values = np.zeros((6, 100), dtype=int)
    values[:, :5] = 1
    values[0, 0] = 0
    assert mean_difference([block(values.ravel(), 6)]).p_value >= 2 / 2**5
