"""Verdicts name whoever is simplest among the best."""

from qml.algorithms.selection.rival import Rival
from qml.algorithms.selection.verdict import verdict_of


def rival(name, objective, *, proven=False):
    chosen = () if objective is None else (0, 1)
    return Rival(
        name=name, objective=objective, chosen=chosen, evaluations=1, seconds=0.0, proven=proven
    )


def said(*rivals, solver, quantum=False):
    bar = max(r.objective for r in rivals if r.objective is not None)
    proven = any(r.proven for r in rivals)
    return verdict_of(solver, rivals, bar, proven=proven, quantum=quantum)


def test_greedy_that_ties_is_told():
    found = said(rival("greedy", 1.0), rival("exact", 1.0, proven=True), solver="exact")
    assert found == "greedy ties with exact at the optimum 1.0000: no search was needed."


def test_the_gain_over_the_best_rival_is_told():
    found = said(rival("greedy_swap", 0.99), rival("annealing", 1.0), solver="annealing")
    assert found == (
        "annealing reaches the best known 1.0000; greedy + swap, the best rival, 1.00% less."
    )


def test_a_solver_that_fails_is_told():
    best = rival("greedy_swap", 1.0)
    found = said(best, rival("qaoa", None), solver="qaoa", quantum=True)
    assert found.startswith("qaoa found no choice that keeps the quotas, so greedy + swap chose")
    found = said(best, rival("qaoa", 0.9), solver="qaoa", quantum=True)
    assert found.startswith("qaoa falls short by 0.1000, so greedy + swap chose")


def test_a_quantum_solver_never_wins_alone_against_a_proof():
    found = said(
        rival("greedy_swap", 0.9),
        rival("exact", 1.0, proven=True),
        rival("qaoa", 1.0),
        solver="qaoa",
        quantum=True,
    )
    assert found == "exact (classical) ties with qaoa at the optimum 1.0000."


def test_a_rival_that_lacks_less_than_is_shown_ties():
    near, own = rival("greedy_swap", 1.0 - 1e-6), rival("annealing", 1.0)
    assert said(near, own, solver="annealing").endswith(
        "the best rival, ties with it to within 0.01%."
    )
    near, own = rival("greedy_swap", -1e-6), rival("annealing", 0.0)
    assert said(near, own, solver="annealing").endswith("ties with it to within 0.0001.")
    near, own = rival("greedy_swap", -0.5), rival("annealing", 0.0)
    assert said(near, own, solver="annealing").endswith("the best rival, 0.5000 less.")
    found = said(rival("mmr", 1.0), rival("annealing", 1.0 - 1e-6), solver="annealing")
    assert found.startswith("annealing falls short by less than 0.0001, so MMR chose")
