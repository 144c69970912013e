"""Chains keep groups, keep their books, and sample what they should."""

import numpy as np
import pytest
from algorithms.solvers.problems import all_assignments, structured

from qml.algorithms.solvers.moves.chains import Chains
from qml.algorithms.solvers.moves.laminar import laminar
from qml.algorithms.solvers.moves.starts import Starts


def chains_of(kind, count=40, seed=0):
    problem, rng = structured(kind), np.random.default_rng(seed)
    kept = laminar(problem)
    return kept, Chains(kept, Starts(problem, rng).draw(count), rng)


def groups_hold(problem, samples):
    return all(group.holds(samples).all() for group in problem.groups)


def test_books_agree_with_a_new_count(problem):
    rng = np.random.default_rng(0)
    kept = laminar(problem)
    chains = Chains(kept, Starts(problem, rng).draw(20), rng)
    before = chains.samples.copy()
    chains.steps(np.full(300, 2.0))
    x, n = chains.samples, kept.size
    assert groups_hold(kept, x)
    assert (x != before).any()
    assert np.allclose(chains._fields[:, :n], kept.linear + x @ kept.couplings)
    assert chains._ones.tolist() == x.sum(axis=1).tolist()
    for row in range(len(x)):
        assert sorted(chains._slots[row][chains._slots[row] < n]) == np.flatnonzero(x[row]).tolist()
    fresh = Chains(kept, x, rng)
    assert chains.costs() == pytest.approx(fresh.costs())


@pytest.mark.parametrize("kind", ["cardinality", "one_hot"])
def test_at_one_temperature_they_sample_boltzmann(kind):
    kept, chains = chains_of(kind, count=200)
    heat, counts = 2.0, {}
    chains.steps(np.full(50, heat))
    for _ in range(100):
        chains.steps(np.full(6, heat))
        for key in chains.samples @ (1 << np.arange(kept.size)):
            counts[int(key)] = counts.get(int(key), 0) + 1
    x = all_assignments(kept.size)
    x = x[kept.feasible(x)]
    weights = np.exp(-kept.objectives(x) / heat)
    drawn = np.array([counts.get(int(k), 0) for k in x @ (1 << np.arange(kept.size))])
    assert drawn.sum() == 20_000
    assert 0.5 * np.abs(drawn / drawn.sum() - weights / weights.sum()).sum() < 0.06


def test_starts_differ_and_keep_groups(problem):
    found = Starts(problem, np.random.default_rng(1)).draw(60)
    assert groups_hold(laminar(problem), found)
    assert len(np.unique(found, axis=0)) > 5


def test_groups_that_cross_become_limits():
    problem = structured("assignment")
    kept = laminar(problem)
    assert (len(kept.groups), len(kept.limits)) == (3, 3)
    x = all_assignments(9)
    assert (kept.feasible(x) == problem.feasible(x)).all()
    assert laminar(structured("quotas")) is not kept
    assert not laminar(structured("quotas")).limits
