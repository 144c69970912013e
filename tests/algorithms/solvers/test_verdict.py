"""The verdict says who wins, also where that is the classical side."""

import pytest

from qml.algorithms.solvers.verdict import best_of, verdict


def row(solver, best, *, quantum=False, evaluations=10):
    return {"solver": solver, "best": best, "quantum": quantum, "evaluations": evaluations}


CLASSICAL = row("tabu", -5.0)


@pytest.mark.parametrize(
    ("quantum", "said"),
    [
        (
            row("qaoa", -4.0, quantum=True),
            "classical solvers win: tabu against qaoa, -5 against -4",
        ),
        (row("qaoa", -5.0, quantum=True), "it is a tie: tabu against qaoa; no quantum advantage"),
        (row("qaoa", None, quantum=True), "classical solvers win: no quantum one found anything"),
        (row("qaoa", -6.0, quantum=True), "qaoa found more than tabu, -6 against -5; one seed"),
    ],
)
def test_both_sides_are_held_against_each_other(quantum, said):
    told = verdict([CLASSICAL, quantum], optimum=None, equal="10 s")
    assert said in told
    assert "(10 s)" in told


def test_a_quantum_solver_alone_shows_nothing():
    assert "nothing is shown" in verdict([row("qaoa", -1.0, quantum=True)], optimum=None, equal="")


def test_what_is_proven_is_said():
    rows = [row("exact", -5.0), CLASSICAL, row("greedy", -3.0)]
    told = verdict(rows, optimum=-5.0, equal="")
    assert told == "The optimum is -5, proven; found by exact and tabu."
    assert "not proven" in verdict(rows, optimum=None, equal="")


def test_nothing_feasible():
    assert "keeps all constraints" in verdict([row("tabu", None)], optimum=None, equal="")


def test_of_equal_ones_the_cheapest_is_the_best():
    rows = [row("exact", -5.0, evaluations=100), row("tabu", -5.0 - 1e-12, evaluations=7)]
    assert best_of(rows)["solver"] == "tabu"


@pytest.mark.parametrize("enumerated", [True, False])
def test_a_simulated_solver_says_that_enumeration_would_have_done(enumerated):
    rows = [row("qaoa", -4.0, quantum=True), CLASSICAL]
    found = verdict(rows, optimum=None, equal="10 evaluations", enumerated=enumerated)
    assert ("enumeration would have solved it" in found) == enumerated
