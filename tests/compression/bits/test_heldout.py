"""The check that decides whether pair terms are used."""

import numpy as np
import pytest

from qml.compression.bits.allocation import Problem
from qml.compression.bits.heldout import decide, held_out_check, spearman
from qml.compression.bits.heldout_allocations import others, random_allocations, true_divergences
from qml.compression.bits.pairs import interactions, measure_pairs
from qml.compression.bits.sensitivities import measure
from qml.compression.bits.sensitivities import survey as surveys
from qml.compression.bits.table import Pairs, Table
from qml.compression.candidate import Candidate
from qml.compression.formats import IntegerFormat
from qml.compression.judging import Judge
from qml.compression.subjects.base import Unit
from qml.errors import DataError

EMPTY = Candidate({})
SMALL = {"widths": [2, 3, 4, 6], "tokens": 60}


def test_ranks_are_correlated_as_scipy_does():
    from scipy.stats import spearmanr

    random = np.random.default_rng(0)
    one, other = random.integers(0, 6, (2, 3, 24)).astype(float)
    expected = [spearmanr(a, b).statistic for a, b in zip(one, other, strict=True)]
    np.testing.assert_allclose(spearman(one, other), expected)
    np.testing.assert_array_equal(spearman(np.ones((1, 5)), one[:1, :5]), 0)


def world(strength, *, noisy):
    """Return a table, pairs and what allocations truly cost, where pairs matter or are noise."""
    random = np.random.default_rng(1)
    units = tuple(Unit(f"u{i}", 1, 64, 64, "0", f"u{i}") for i in range(20))
    formats = tuple(IntegerFormat(width) for width in (2, 3, 4, 6))
    scale = np.exp(random.normal(0, 0.6, (20, 1)))
    kl = scale * 4.0 ** -np.array([[2.0, 3.0, 4.0, 6.0]])
    bits = np.array([[64 * 64.0 * form.width for form in formats]] * 20)
    table = Table(units=units, formats=formats, kl=kl, bits=bits)

    def pairs():
        extra = strength * random.normal(0, 1, (20, 20)) * np.sqrt(kl[:, 1][:, None] * kl[:, 1])
        return Pairs(places=np.arange(20), form=1, extra=np.triu(extra, 1) + np.triu(extra, 1).T)

    real = pairs()
    measured = pairs() if noisy else real
    choices = random_allocations(table, 4.0 * 20 * 64 * 64, 24, 0)

    def predicted(terms):
        terms = terms and interactions(table, terms)
        problem = Problem(costs=kl, sizes=bits, budget=1e9, pairs=terms)
        return np.array([problem.objective(choice) for choice in choices])

    truth = predicted(real) if not noisy else predicted(None)
    truth = truth * np.exp(random.normal(0, 0.02, 24))
    return truth, np.stack([predicted(None), predicted(measured)])


def test_interactions_that_dominate_are_used():
    truth, predicted = world(0.5, noisy=False)
    check = decide(truth, predicted, 0)
    assert check.use
    assert check.quadratic > check.additive
    assert check.words.startswith("pair terms are used: on 24 held-out allocations")


def test_interactions_that_are_noise_are_not_used():
    truth, predicted = world(0.5, noisy=True)
    check = decide(truth, predicted, 0)
    assert not check.use
    assert check.quadratic < check.additive
    assert check.words.startswith("pair terms are not used: on 24 held-out allocations")


def test_a_gain_that_could_be_chance_is_no_reason():
    truth = np.arange(24.0)
    additive, quadratic = truth.copy(), truth.copy()
    additive[[3, 4]], quadratic[[10, 11]] = [4, 3], [10.5, 10.5]
    check = decide(truth, np.stack([additive, quadratic]), 0)
    assert check.quadratic > check.additive
    assert not check.use
    assert "resamples only, less than 90%" in check.words


def test_allocations_are_different_and_near_the_budget(make_bench):
    table = measure(make_bench(bits=SMALL), EMPTY)
    weights = sum(unit.weights for unit in table.units)
    choices = random_allocations(table, 3.5 * weights, 24, 0)
    again = random_allocations(table, 3.5 * weights, 24, 0)
    assert len({choice.tobytes() for choice in choices}) == 24
    np.testing.assert_array_equal(choices, again)
    sizes = [table.bits[np.arange(14), choice].sum() / weights for choice in choices]
    assert max(sizes) <= 3.5
    assert min(sizes) > 3.2


def test_the_truth_is_what_the_judge_says_on_other_text(make_bench, monkeypatch):
    bench = make_bench(bits={**SMALL, "held_out": 20})
    table = measure(bench, EMPTY)
    weights = sum(unit.weights for unit in table.units)
    choices = random_allocations(table, 3.5 * weights, 10, 0)
    found = true_divergences(bench, EMPTY, table, choices)
    assert not set(map(tuple, others(bench).inputs.tolist())) & set(
        map(tuple, bench.sample(60).inputs.tolist())
    )
    judge = Judge(bench.subject, others(bench))
    for choice, kl in list(zip(choices, found, strict=True))[::4]:
        parts = {
            unit.name: table.formats[column].quantise(bench.weight(EMPTY, unit))
            for unit, column in zip(table.units, choice, strict=True)
        }
        assert judge.judge(Candidate(parts)).kl.mean() == pytest.approx(kl, rel=1e-5)
    parallel = make_bench(bits=SMALL, parallel=2)
    assert (
        len(true_divergences(parallel, EMPTY, table, random_allocations(table, 4 * weights, 9, 1)))
        == 9
    )
    monkeypatch.setattr(surveys, "Probe", None)
    np.testing.assert_array_equal(true_divergences(bench, EMPTY, table, choices), found)


def test_the_whole_check(make_bench):
    bench = make_bench(bits={**SMALL, "held_out": 20})
    table = measure(bench, EMPTY)
    pairs = measure_pairs(bench, EMPTY, table, 6)
    weights = sum(unit.weights for unit in table.units)
    check = held_out_check(bench, EMPTY, table, pairs, 3.5 * weights)
    assert len(check.true) == 20
    assert check.additive > 0.3
    assert check.use == check.words.startswith("pair terms are used")
    least = held_out_check(bench, EMPTY, table, pairs, 2.0 * weights)
    assert not least.use
    assert "1 different allocations" in least.words


def test_a_text_that_is_used_up_is_told(make_bench):
    bench = make_bench(bits={**SMALL, "tokens": 5000})
    with pytest.raises(DataError, match="none is left"):
        others(bench)
