"""All subsets, one by one: what every clever way is held against."""

from itertools import combinations

import numpy as np
import pytest

from qml.algorithms.selection import subset_problem


def _every(problem):
    """Return all subsets that keep the quotas, shape (m, k)."""
    subsets = np.array(list(combinations(range(problem.size), problem.k)), dtype=np.intp)
    keeps = np.ones(len(subsets), dtype=bool)
    for quota in problem.quotas:
        ones = np.isin(subsets, quota.members).sum(axis=1)
        keeps &= (quota.low <= ones) & (ones <= quota.high)
    return subsets[keeps]


@pytest.fixture(scope="session")
def every():
    """Give all subsets of a problem."""
    return _every


@pytest.fixture(scope="session")
def optimum():
    """Give the best subset of a problem and its objective."""

    def find(problem):
        subsets = _every(problem)
        values = problem.values(subsets)
        place = int(np.argmax(values))
        return tuple(int(i) for i in subsets[place]), float(values[place])

    return find


@pytest.fixture(scope="session")
def made():
    """Give a random problem."""

    def make(seed, size, k, quotas=(), weight=0.3):
        rng = np.random.default_rng(seed)
        rows, quality = rng.normal(size=(size, 5)), rng.normal(size=size)
        return subset_problem(rows, quality, k, weight=weight, quotas=quotas)

    return make
