"""The gate: equals pass, drops are caught, exact numbers are compared exactly."""

from dataclasses import replace

import numpy as np
import pytest

from qml.benchmarking.regression.gate import hold
from qml.benchmarking.regression.thresholds import thresholds
from qml.benchmarking.result import CellResult
from qml.errors import UsageError
from tests.benchmarking.documents import METRIC, bench_document
from tests.benchmarking.worlds import classifiers

FIVE = thresholds("5%")
COLUMNS = {"iqp": ("quantum", 0.85), "svc": ("classical", 0.85)}
WORLD = {"rows": 300, "seeds": 5, "lucky": 0.02}


def documents(rng, drop=0.0, **more):
    """Return two benchmarks of the same rows with luck of their own, the second worse."""
    pair = {"before": ("quantum", 0.85), "now": ("quantum", 0.85 - drop)}
    results = classifiers(rng, pair, **{**WORLD, **more})
    return [bench_document([_named(r) for r in results if r.cell.place.model == m]) for m in pair]


def _named(result):
    place = result.cell.place._replace(model="iqp")
    return replace(result, cell=replace(result.cell, place=place))


def test_a_benchmark_passes_against_itself():
    document, _ = documents(np.random.default_rng(0))
    found = hold(document, document, FIVE)
    assert found.passed
    assert not found.called("better")
    assert {c.measure for c in found.changes} == {"accuracy", "two-qubit gates", "shots", "price"}


@pytest.mark.parametrize("world", [{}, {"seeds": 2}, {"seeds": 1, "lucky": 0.0}])
def test_false_alarms_are_rare(world):
    rng = np.random.default_rng(1)
    gates = [hold(*documents(rng, **world), FIVE) for _ in range(40)]
    # at 1 % more than 3 of 40 are as rare as 1 in 1,500
    assert sum(bool(g.called("worse") or g.called("better")) for g in gates) <= 3


@pytest.mark.parametrize(
    "world",
    [
        {"rows": 600},
        {"rows": 600, "seeds": 3, "lucky": 0.01},
        {"rows": 800, "seeds": 1, "lucky": 0.0},
    ],
)
def test_a_drop_of_ten_points_on_enough_rows_is_caught(world):
    rng = np.random.default_rng(2)
    # chances of right answers are cut off at 1, so that 14 points of them are 10 of accuracy
    gates = [hold(*documents(rng, 0.14, **world), thresholds("1%")) for _ in range(20)]
    assert sum(not gate.passed for gate in gates) >= 16


def test_a_loss_within_the_threshold_is_no_regression():
    rng = np.random.default_rng(2)
    before, now = documents(rng, 0.15, rows=1_000)
    assert not hold(before, now, FIVE).passed
    assert hold(before, now, thresholds("30%")).passed
    assert hold(before, now, thresholds("5%,accuracy=30%")).passed


@pytest.mark.parametrize(
    ("now", "state"),
    [(64, "no change shown"), (66, "no change shown"), (68, "worse"), (32, "better")],
)
def test_gates_are_compared_exactly(now, state):
    results = classifiers(np.random.default_rng(0), COLUMNS)
    found = hold(bench_document(results), bench_document(results, gates=now), FIVE)
    gates = next(c for c in found.changes if c.measure == "two-qubit gates")
    assert (gates.state, gates.test) == (state, "exact")
    assert gates.loss == pytest.approx(now / 64 - 1)


def test_what_cost_nothing_and_now_costs_is_worse():
    results = classifiers(np.random.default_rng(0), COLUMNS)
    found = hold(bench_document(results), bench_document(results, billed="0.50"), FIVE)
    price = next(c for c in found.changes if c.measure == "price")
    assert (price.state, price.loss) == ("worse", None)


def test_a_cell_that_now_fails_is_lost():
    results = classifiers(np.random.default_rng(0), COLUMNS, sets=2)
    failed = [CellResult(cell=results[0].cell, state="failed", why="no memory"), *results[1:]]
    found = hold(bench_document(results), bench_document(failed), FIVE)
    assert not found.passed
    assert found.lost == ("iqp/d0/jax/0: failed, no memory",)
    open_cells = [CellResult(cell=results[0].cell, state="open", why=""), *results[1:]]
    assert hold(bench_document(results), bench_document(open_cells), FIVE).passed


def test_other_cells_are_named():
    results = classifiers(np.random.default_rng(0), COLUMNS, sets=2)
    found = hold(bench_document(results), bench_document(results[:2]), FIVE)
    assert found.missing == ("iqp/d1/jax/0", "svc/d1/jax/0")
    assert hold(bench_document(results[:2]), bench_document(results), FIVE).new == found.missing


def on_other_rows(document):
    for cell in document["cells"]:
        cell["rows"] = "other"
    return document


@pytest.mark.parametrize("seeds", [1, 3])
def test_a_drop_on_other_test_rows_is_caught(seeds):
    rng = np.random.default_rng(3)
    before, now = documents(rng, 0.4, seeds=seeds)
    accuracy = hold(before, on_other_rows(now), FIVE).changes[0]
    assert accuracy.test == "score test of two shares, as the rows differ"
    assert accuracy.state == "worse"
    assert accuracy.low < accuracy.loss < accuracy.high


def lossy(rng, factor, seeds):
    """Return a benchmark whose metric is one random number a cell, such as a distance."""
    metric = {**METRIC, "key": "mmd2", "title": "MMD", "better": "less", "paired": ""}
    results = []
    for found in classifiers(rng, {"iqp": ("quantum", 0.8)}, seeds=seeds):
        value = {"mmd2": factor * float(rng.lognormal(-4, 0.1))}
        results.append(replace(found, correct=None, rows=None, metrics=value))
    return bench_document(results, metric=metric)


@pytest.mark.parametrize("seeds", [3, 5])
def test_ten_times_worse_is_caught_with_a_few_seeds(seeds):
    rng = np.random.default_rng(0)
    found = hold(lossy(rng, 1.0, seeds), lossy(rng, 10.0, seeds), FIVE)
    assert [c.measure for c in found.called("worse")] == ["MMD"]
    assert not found.blind


def test_a_measure_that_could_not_have_failed_is_named():
    rng = np.random.default_rng(0)
    found = hold(lossy(rng, 1.0, 1), lossy(rng, 10.0, 1), FIVE)
    assert found.passed
    assert found.blind == ["MMD of iqp"]
    few = hold(*documents(rng, rows=6, seeds=1), FIVE)
    assert few.blind == ["accuracy of iqp"]
    assert not hold(*documents(rng), FIVE).blind


def test_a_column_that_is_gone_fails_unless_allowed():
    results = classifiers(np.random.default_rng(0), COLUMNS)
    before, now = bench_document(results), bench_document(results[1:])
    found = hold(before, now, FIVE)
    assert found.gone == ("iqp on jax",)
    assert not found.passed
    assert hold(before, now, FIVE, allow_missing=True).passed
    two = classifiers(np.random.default_rng(0), {**COLUMNS, "vqc": ("quantum", 0.8)})
    part = hold(bench_document(two), bench_document(two[:2]), FIVE)
    assert part.changes
    assert not part.passed


def test_nothing_quantum_in_common_fails_unless_allowed():
    document = bench_document(classifiers(np.random.default_rng(0), {"svc": ("classical", 0.8)}))
    assert not hold(document, document, FIVE).passed
    assert hold(document, document, FIVE, allow_missing=True).passed


@pytest.mark.parametrize(
    ("seeds", "factor", "gated", "state"),
    [
        (3, 3.0, False, "no change shown"),
        (5, 3.0, True, "worse"),
        (5, 1.4, True, "no change shown"),
    ],
)
def test_trainings_of_five_seeds_are_samples_of_their_time(seeds, factor, gated, state):
    rng = np.random.default_rng(0)
    results = classifiers(rng, {"iqp": ("quantum", 0.8)}, seeds=seeds)
    sides = []
    for times in (1.0, factor):
        took = [times * float(rng.lognormal(0, 0.1)) for _ in results]
        pairs = zip(results, took, strict=True)
        sides.append([replace(r, metrics={**r.metrics, "train_seconds": t}) for r, t in pairs])
    found = hold(*map(bench_document, sides), FIVE)
    assert found.gates_speed is gated
    assert [c.state for c in found.changes if c.measure == "training"] == [state]


def test_a_threshold_of_an_unknown_measure_is_refused():
    document = bench_document(classifiers(np.random.default_rng(0), COLUMNS))
    with pytest.raises(UsageError, match="`acuracy`") as refused:
        hold(document, document, thresholds("5%,acuracy=1%"))
    assert "did you mean `accuracy`?" in refused.value.hint


@pytest.mark.parametrize(
    ("digests", "units", "test"),
    [
        ([("a", "a")] * 5, 300, "answers to the same rows"),
        ([(of, of) for of in "abcde"], 1500, "answers to the same rows"),
        ([("a", "b")] * 5, 300, "score test of two shares, as the rows differ"),
    ],
)
def test_rows_are_the_same_only_in_the_same_data(digests, units, test):
    results = classifiers(np.random.default_rng(0), {"iqp": ("quantum", 0.85)}, rows=300, seeds=5)
    before, now = (
        bench_document(
            [replace(r, rows_of=pair[i]) for r, pair in zip(results, digests, strict=True)]
        )
        for i in (0, 1)
    )
    accuracy = hold(before, now, FIVE).changes[0]
    assert (accuracy.units, accuracy.test) == (units, test)


def timed(rng, factor, machine="one"):
    """Return a benchmark whose metric is a time with repetitions."""
    metric = {**METRIC, "key": "seconds", "title": "step", "better": "less", "unit": "s"}
    results = []
    for found in classifiers(rng, {"qml": ("quantum", 0.8)}, seeds=1):
        times = list(factor * rng.lognormal(0, 0.05, 30))
        more = {"metrics": {"seconds": float(np.median(times))}, "samples": {"seconds": times}}
        results.append(replace(found, correct=None, rows=None, **more))
    document = bench_document(results, metric=metric, machine={"cpu": machine})
    return {**document, "suite": {**document["suite"], "metric": metric}}


@pytest.mark.parametrize(
    ("factor", "state"),
    [(1.0, "no change shown"), (1.1, "no change shown"), (1.5, "worse"), (0.5, "better")],
)
def test_times_are_called_beyond_what_sessions_differ_by(factor, state):
    rng = np.random.default_rng(0)
    found = hold(timed(rng, 1.0), timed(rng, factor), FIVE)
    assert found.changes[0].state == state
    assert found.changes[0].low < found.changes[0].loss < found.changes[0].high


def test_times_of_other_machines_are_not_compared():
    rng = np.random.default_rng(0)
    found = hold(timed(rng, 1.0), timed(rng, 2.0, machine="other"), FIVE)
    assert found.apart == ("step: the machines differ, or one is not known",)
    assert found.passed


def test_speed_beside_a_peer_is_compared_on_any_machine():
    rng = np.random.default_rng(0)
    found = hold(_beside(rng, 4.0, "one"), _beside(rng, 2.0, "other"), FIVE)
    assert [(c.column, c.state) for c in found.changes] == [("aer", "worse")]
    assert found.changes[0].loss == pytest.approx(0.5, abs=0.1)


def _beside(rng, factor, machine):
    metric = {**METRIC, "key": "ratio", "title": "time / engine's", "better": "less"}
    results = []
    for found in classifiers(rng, {"aer": ("peer", 0.8)}, seeds=1):
        ratios = list(factor * rng.lognormal(0, 0.05, 30))
        more = {"metrics": {"ratio": float(np.median(ratios))}, "samples": {"ratio": ratios}}
        results.append(replace(found, correct=None, rows=None, **more))
    return bench_document(results, metric=metric, machine={"cpu": machine})


def test_other_suites_and_nothing_in_common_are_refused():
    document = bench_document(classifiers(np.random.default_rng(0), COLUMNS))
    other = {**document, "suite": {**document["suite"], "name": "images"}}
    with pytest.raises(UsageError, match="suite `images`"):
        hold(other, document, FIVE)
    with pytest.raises(UsageError, match="no cell with numbers in common"):
        hold({**document, "cells": []}, document, FIVE)


def test_thresholds():
    assert thresholds("5%") == {"": 0.05}
    assert thresholds("10%,two-qubit gates=0%") == {"": 0.1, "two-qubit gates": 0.0}
    assert thresholds("accuracy=2%") == {"": 0.05, "accuracy": 0.02}
    for wrong in ("5", "x%", "-1%", "", "5%,", "nan%"):
        with pytest.raises(UsageError, match="from which loss on"):
            thresholds(wrong)
