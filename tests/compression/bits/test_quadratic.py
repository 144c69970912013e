"""Pair terms: used where they predict better, and the note says why not elsewhere."""

from dataclasses import replace

import numpy as np
import pytest

from qml.compression.bits import compress, quadratic
from qml.compression.bits.allocation.greedy import repair
from qml.compression.bits.heldout import decide
from qml.compression.bits.pairs import interactions, measure_pairs
from qml.compression.bits.setup import set_up
from qml.compression.candidate import Candidate
from qml.errors import DataError, InterruptedRunError

BITS = {"tokens": 48, "evaluations": 6000, "widths": [2, 3, 4, 6], "pairs": 5, "held_out": 20}


@pytest.fixture
def bench(make_bench):
    return make_bench(target="3.5bpw", bits={**BITS, "rivals": ["uniform"]})


def test_the_verdict_of_held_out_allocations_decides(bench):
    step = compress(bench, Candidate({}))
    check = step.document["check"]
    assert len(check["true"]) == 20
    labels = [entry.label for entry in step.entries]
    assert ("quadratic" in labels) == check["used"]
    assert step.notes[0].startswith("Pair terms are " + ("used" if check["used"] else "not used"))


def test_where_pairs_predict_better_their_choice_stands_beside_the_other(bench, monkeypatch):
    """The check itself is made to see pairs that predict perfectly."""
    true = np.arange(20.0)
    seen = decide(true, np.stack([np.random.default_rng(0).permutation(true), true]), 0)
    assert seen.use
    monkeypatch.setattr(quadratic, "held_out_check", lambda *_: seen)
    step = compress(bench, Candidate({}))
    found = {entry.label: entry for entry in step.entries}
    assert set(found) == {"ilp", "quadratic", "uniform"}
    assert found["quadratic"].candidate.payload(bench.subject) <= 3.5
    assert step.chosen in ("ilp", "quadratic")
    assert [e.label for e in step.entries if not e.rival] == [step.chosen]
    assert "on calibration text that neither was made on" in step.notes[0]


def test_the_quadratic_search_is_no_worse_than_repairing_the_additive_choice(bench):
    setup = set_up(bench, Candidate({}))
    additive = setup.search("ilp").choice
    terms = interactions(setup.table, measure_pairs(bench, Candidate({}), setup.table, 5))
    problem = replace(setup.problem, pairs=terms)
    found = quadratic._search(setup, problem, additive)
    assert problem.fits(found.choice)
    assert problem.objective(found.choice) <= problem.objective(repair(problem, additive)) + 1e-12
    assert "by annealing" in found.note


def test_a_text_without_a_rest_is_refused_before_anything_is_measured(make_bench):
    bench = make_bench(target="3.5bpw", bits={**BITS, "tokens": 4096})
    with pytest.raises(DataError, match="none is left to check pair terms on"):
        compress(bench, Candidate({}))
    assert not bench.cache.exists()


def test_never_measures_none(make_bench):
    bench = make_bench(target="3.5bpw", bits={**BITS, "quadratic": "never", "rivals": []})
    step = compress(bench, Candidate({}))
    assert step.document["check"] is None
    assert [entry.label for entry in step.entries] == ["ilp"]


def test_who_stops_while_pairs_are_measured_keeps_the_additive_choice(bench, monkeypatch):
    def stopped(*_):
        raise InterruptedRunError("interrupted while measuring: interactions")

    monkeypatch.setattr(quadratic, "measure_pairs", stopped)
    step = compress(bench, Candidate({}))
    assert step.chosen == "ilp"
    assert step.notes[0] == "Pair terms are not used: stopped before."
