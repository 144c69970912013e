"""Pair terms against the judge, with the cache of the sensitivities."""

import numpy as np
import pytest

from qml.compression.bits.allocation import Problem
from qml.compression.bits.pairs import interactions, measure_pairs, reference
from qml.compression.bits.sensitivities import measure
from qml.compression.bits.sensitivities import survey as surveys
from qml.compression.candidate import Candidate
from qml.compression.judging import Judge

EMPTY = Candidate({})
SMALL = {"widths": [2, 3, 8], "tokens": 60}


def test_a_pair_is_what_both_cost_beyond_the_sum(make_bench):
    bench = make_bench(bits=SMALL)
    table = measure(bench, EMPTY)
    pairs = measure_pairs(bench, EMPTY, table, 5)
    assert table.formats[pairs.form].name == "int3g64"
    np.testing.assert_array_equal(pairs.extra, pairs.extra.T)
    np.testing.assert_array_equal(np.diag(pairs.extra), 0)
    least = table.kl[pairs.places, pairs.form].min()
    assert (np.delete(table.kl[:, pairs.form], pairs.places) <= least).all()
    judge = Judge(bench.subject, bench.sample(60))
    form = table.formats[pairs.form]
    for i, j in [(0, 1), (1, 4), (3, 4)]:
        units = [table.units[pairs.places[k]] for k in (i, j)]
        parts = {unit.name: form.quantise(bench.weight(EMPTY, unit)) for unit in units}
        both = judge.judge(Candidate(parts)).kl.mean()
        alone = table.kl[pairs.places[[i, j]], pairs.form].sum()
        assert pairs.extra[i, j] == pytest.approx(both - alone, rel=1e-4, abs=1e-6)


def test_pairs_are_kept_and_shared_by_more_of_them(make_bench, monkeypatch):
    bench = make_bench(bits=SMALL, parallel=2)
    table = measure(bench, EMPTY)
    few = measure_pairs(bench, EMPTY, table, 4)
    more = measure_pairs(bench, EMPTY, table, 6)
    (journal,) = (bench.cache / "sensitivities").iterdir()
    assert journal.read_text().count("+model.") == 15
    places = [list(more.places).index(place) for place in few.places]
    np.testing.assert_array_equal(more.extra[np.ix_(places, places)], few.extra)
    monkeypatch.setattr(surveys, "Probe", None)
    again = measure_pairs(bench, EMPTY, table, 6)
    np.testing.assert_array_equal(again.extra, more.extra)


def test_in_the_measured_format_the_model_is_exact_for_two(make_bench):
    bench = make_bench(bits=SMALL)
    table = measure(bench, EMPTY)
    pairs = measure_pairs(bench, EMPTY, table, 3)
    terms = interactions(table, pairs)
    problem = Problem(costs=table.kl, sizes=table.bits, budget=1e9, pairs=terms)
    choice = np.full(14, 2)
    choice[pairs.places[:2]] = pairs.form
    rest = np.delete(np.arange(14), pairs.places[:2])
    third = pairs.places[2]
    reach = np.sqrt(table.kl[third, 2] / table.kl[third, pairs.form])
    expected = table.kl[pairs.places[:2], pairs.form].sum() + table.kl[rest, 2].sum()
    expected += pairs.extra[0, 1] + reach * pairs.extra[2, :2].sum()
    assert problem.objective(choice) == pytest.approx(expected)


def test_the_reference_fits_all(make_bench):
    bench = make_bench(bits=SMALL)
    table = measure(bench, EMPTY)
    table.kl[0, 1] = np.inf
    assert reference(table) == 0
