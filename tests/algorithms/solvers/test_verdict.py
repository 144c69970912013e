"""The verdict says who wins, also where that is the classical side."""

import pytest

from qml.algorithms.solvers.verdict import best_of, verdict


def row(solver, best, *, quantum=False, evaluations=10, kind=None):
    kind = kind or ("circuits" if quantum else "classical")
    spent = {"evaluations": evaluations, "seconds": 2.0, "price": "0.10"}
    return {"solver": solver, "best": best, "quantum": quantum, "kind": kind, **spent}


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


def test_a_mock_is_never_credited():
    rows = [CLASSICAL, row("dwave", -9.0, kind="mock")]
    told = verdict(rows, optimum=None, equal="100 evaluations", most=100)
    assert "by dwave (mock)" in told
    assert "anneals nothing: it says nothing of annealers" in told
    assert "found more" not in told
    assert "At equal budget" not in told


def test_a_hybrid_is_compared_by_time_and_money():
    rows = [CLASSICAL, row("dwave", -9.0, kind="hybrid", evaluations=1)]
    told = verdict(rows, optimum=None, equal="100 evaluations", most=100)
    assert "-9 by dwave (hybrid) in 2 s for 0.10 against -5 by tabu in 2 s for 0.10" in told
    assert "found more" not in told


def test_an_annealer_is_quantum_and_says_what_it_did_not_use():
    rows = [row("tabu", -5.0, evaluations=1990), row("dwave", -6.0, quantum=True, kind="annealer")]
    told = verdict(rows, optimum=None, equal="2,000 evaluations", most=2000)
    assert "At equal budget (2,000 evaluations; dwave (annealer) used 10)" in told
    assert "dwave (annealer) found more than tabu" in told


def test_a_wrong_bound_is_told():
    told = verdict([CLASSICAL], optimum=None, equal="", refuted=["exact"])
    assert "The bound of exact is wrong" in told
