"""The choice: the optimum where it can be proven, and never below a rival."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.algorithms.selection import choose, choose_subset
from qml.algorithms.selection.choose import decided, references, solver_for
from qml.algorithms.selection.instances import answers, clustered
from qml.algorithms.selection.rival import Rival
from qml.errors import DataError, PluginError
from qml.problems import Group


@pytest.mark.parametrize("seed", range(3))
def test_the_published_instances_are_solved(optimum, seed):
    found = choose_subset(clustered(seed))
    chosen, value = optimum(clustered(seed))
    assert found.chosen == chosen
    assert found.objective == pytest.approx(value)
    assert found.proven
    assert found.solver == found.winner == "exact"


@pytest.mark.parametrize("seed", range(2))
def test_choices_of_6_among_24_are_optimal(optimum, seed):
    assert choose_subset(answers(seed)).objective == pytest.approx(optimum(answers(seed))[1])


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.sampled_from(["annealing", "local_search", "exact"]))
def test_no_rival_is_better_and_quotas_hold(made, seed, solver):
    problem = made(seed, 10, 4, quotas=(Group("a", (0, 1, 2), 1, 1), Group("b", (3, 4), 0, 1)))
    found = choose_subset(problem, solver=solver, seed=seed, budget=500)
    assert problem.holds(found.chosen)
    known = [r.objective for r in found.rivals if r.objective is not None]
    assert found.objective == pytest.approx(max(known))
    assert all(problem.holds(r.chosen) for r in found.rivals if r.chosen)


def test_a_solver_that_falls_short_does_not_choose(made):
    problem = made(3, 6, 2)
    ways = {"greedy_swap": (0, 1), "mmr": (0, 2), "qaoa": (3, 4)}
    ranked = sorted(ways.values(), key=problem.value)  # the solver is given the worst
    rivals = tuple(
        Rival(name=n, objective=problem.value(c), chosen=c, evaluations=1, seconds=0.0)
        for n, c in zip(ways, reversed(ranked), strict=True)
    )
    found = decided(problem, "qaoa", rivals)
    assert found.winner == "greedy_swap"
    assert found.chosen == ranked[-1]
    assert "qaoa falls short by" in found.verdict
    assert not found.proven


def test_rivals_have_the_budget_of_the_solver(made):
    found = choose_subset(made(0, 20, 5), solver="annealing", budget=3000)
    used = {rival.name: rival.evaluations for rival in found.rivals}
    assert used["random"] == used["annealing"] <= 3000
    assert list(used) == ["random", "top_k", "mmr", "dpp", "greedy", "greedy_swap", "annealing"]


def test_the_same_seed_chooses_the_same(made):
    first, second = (choose_subset(made(1, 30, 6), solver="annealing", seed=7) for _ in range(2))
    assert first.chosen == second.chosen
    assert [r.objective for r in first.rivals] == [r.objective for r in second.rivals]


def test_exact_up_to_a_million_subsets(made):
    assert solver_for(made(0, 24, 6)) == "exact"
    assert solver_for(made(0, 40, 6)) == "annealing"
    assert solver_for(made(0, 24, 6), budget=1000) == "annealing"


def test_a_quantum_solver_is_held_against_the_exact_one():
    problem = clustered(0)
    assert references(problem, "qaoa", None) == ("exact",)
    assert references(problem, "annealing", None) == ()


def test_equal_answers_and_all_answers_are_no_trouble():
    same = choose(np.ones((6, 3)), np.zeros(6), 3)
    assert len(same.chosen) == 3
    assert same.objective == pytest.approx(0.0, abs=1e-12)
    assert choose(np.eye(4), None, 4).chosen == (0, 1, 2, 3)
    assert choose(np.eye(4), np.array([0.0, 2.0, 1.0, 0.0]), 1).chosen == (1,)


def test_bad_input_is_refused():
    with pytest.raises(DataError, match="7 of 6"):
        choose(np.ones((6, 3)), None, 7)
    with pytest.raises(PluginError, match="magic"):
        choose(np.eye(3), None, 2, solver="magic")
