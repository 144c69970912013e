"""HiGHS goes on until it has a proof, keeps the time, and is repeated by its nodes."""

from dataclasses import replace

import numpy as np
from algorithms.solvers.problems import all_assignments, random_problem

from qml.algorithms.solvers import Budget, solve
from qml.problems.structure import Limit


def halves(n=20, count=2):
    """Weights of which about half is to be taken, several times over: many nodes."""
    rng = np.random.default_rng(0)
    problem = random_problem(n, 0, share=0.0)
    rows = [rng.integers(0, 100, n).astype(float) for _ in range(count)]
    limits = (Limit(str(i), w, w.sum() / 2 - 4, w.sum() / 2 + 4) for i, w in enumerate(rows))
    return replace(
        problem, linear=rng.integers(1, 100, n).astype(float), limits=tuple(limits), offset=0.0
    )


def least(problem):
    samples = all_assignments(problem.size)
    rows = np.stack([limit.weights for limit in problem.limits])
    sums = samples @ rows.T
    low, high = (np.array([getattr(x, k) for x in problem.limits]) for k in ("low", "high"))
    holds = ((sums >= low) & (sums <= high)).all(axis=1)
    return float((samples[holds] @ problem.linear).min())


def test_a_further_attempt_follows_where_the_nodes_were_too_few():
    problem = halves()
    answer = solve(problem, "exact", budget=Budget(evaluations=5000))
    assert answer.evaluations > 64
    assert answer.proven
    assert abs(answer.objective - least(problem)) < 1e-6


class Late:
    """A clock whose time is up once an attempt was made."""

    def __init__(self, free):
        self.reads, self.free = 0, free

    def now(self):
        return 0.0

    def monotonic(self):
        self.reads += 1
        return 0.0 if self.reads <= self.free else 1e6


def test_an_attempt_that_ends_late_is_thrown_away():
    problem = halves()
    first = solve(problem, "exact", budget=Budget(seconds=600.0), clock=Late(free=2))
    assert (first.evaluations, first.best, first.bound) == (0, None, None)
    again = solve(problem, "exact", budget=Budget(until=first.evaluations))
    assert (again.evaluations, again.best, again.bound) == (0, None, None)


def test_a_short_time_ends_highs_itself():
    rng = np.random.default_rng(1)
    n, count = 60, 12
    weights = [rng.integers(0, 1000, n).astype(float) for _ in range(count)]
    limits = tuple(Limit(str(i), w, w.sum() // 2, w.sum() // 2 + 9) for i, w in enumerate(weights))
    problem = replace(random_problem(n, 0, share=0.0), limits=limits)
    answer = solve(problem, "exact", budget=Budget(seconds=0.3))
    assert answer.seconds < 5
