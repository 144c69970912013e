"""Random problems, and instances with published optima."""

from dataclasses import replace
from itertools import combinations

import numpy as np

from qml.problems import Arrays, Group
from qml.problems.structure import Limit

STRUCTURES = ("free", "cardinality", "one_hot", "quotas", "at_most", "assignment", "knapsack")


def random_problem(n: int, seed: int, share: float = 1.0) -> Arrays:
    """Return a problem with normal coefficients."""
    rng = np.random.default_rng(seed)
    upper = np.triu(rng.normal(size=(n, n)) * (rng.random((n, n)) < share), 1)
    return Arrays(
        names=tuple(range(n)),
        linear=rng.normal(size=n),
        couplings=upper + upper.T,
        offset=float(rng.normal()),
    )


def all_assignments(n: int) -> np.ndarray:
    """Return all 2^n assignments, shape (2^n, n)."""
    return ((np.arange(2**n)[:, None] >> np.arange(n)) & 1).astype(np.int8)


def optimum(problem: Arrays) -> float:
    """Return the optimum by looking at everything."""
    x = all_assignments(problem.size)
    return float(problem.objectives(x[problem.feasible(x)]).min())


def subset(seed: int) -> Arrays:
    """Return the diverse subset of reference section 6 (CCBQP, arXiv:2604.02554)."""
    n, k, balance, rng = 24, 5, 0.5, np.random.default_rng(seed)
    centres = rng.normal(size=(6, 16))
    v = centres[rng.integers(0, 6, n)] + 0.4 * rng.normal(size=(n, 16))
    v /= np.linalg.norm(v, axis=1)[:, None]
    q = centres.mean(axis=0) + 0.3 * rng.normal(size=16)
    q /= np.linalg.norm(q)
    couplings = 2 * balance / (k - 1) * (v @ v.T)
    np.fill_diagonal(couplings, 0.0)
    return Arrays(
        names=tuple(range(n)),
        linear=-(1 - balance) * (v @ q),
        couplings=couplings,
        offset=0.0,
        groups=(Group("k", tuple(range(n)), k, k),),
    )


def rounding(count: int) -> list[tuple[Arrays, np.ndarray]]:
    """Return the first columns of reference section 5.2 (AdaRound), with nearest rounding."""
    rng, found = np.random.default_rng(0), []
    factors = rng.normal(size=(12, 4))
    x = rng.normal(size=(256, 4)) @ factors.T + 0.3 * rng.normal(size=(256, 12))
    h = x.T @ x / 256
    for _ in range(count):
        w = rng.normal(size=12)
        step = (w.max() - w.min()) / 7
        e0 = step * np.floor(w / step) - w
        couplings = 2 * step**2 * h
        linear = step**2 * np.diag(h) + 2 * step * (h @ e0)
        np.fill_diagonal(couplings, 0.0)
        arrays = Arrays(
            names=tuple(range(12)), linear=linear, couplings=couplings, offset=float(e0 @ h @ e0)
        )
        found.append((arrays, (np.round(w / step) - np.floor(w / step)).astype(np.int8)))
    return found


def five_spins() -> Arrays:
    """Return the five-spin tie instance of reference section 6: energies -sum J s s."""
    couplings = {"02": 1, "03": 1, "04": 1, "12": 1, "13": -1, "14": -1, "23": -1, "24": 1}
    j = np.zeros((5, 5))
    for (a, b), value in couplings.items():
        j[int(a), int(b)] = j[int(b), int(a)] = -value
    # s = 1 - 2x: s_a s_b = 1 - 2 x_a - 2 x_b + 4 x_a x_b
    return Arrays(
        names=tuple(range(5)),
        linear=-2 * j.sum(axis=1),
        couplings=4 * j,
        offset=float(sum(j[a, b] for a, b in combinations(range(5), 2))),
        spin=True,
    )


def structured(kind: str) -> Arrays:
    """Return a problem of 10 variables (an assignment has 9)."""
    n = 9 if kind == "assignment" else 10
    whole = random_problem(n, 5)
    every = tuple(range(n))
    pairs = [every[i : i + 2] for i in range(0, n, 2)]
    table_rows = [(3 * i, 3 * i + 1, 3 * i + 2) for i in range(3)]
    columns = [(i, i + 3, i + 6) for i in range(3)]
    table = {
        "free": (),
        "cardinality": (Group("k", every, 4, 4),),
        "one_hot": tuple(Group(str(t[0]), t, 1, 1) for t in pairs),
        "quotas": (
            Group("k", every, 5, 5),
            Group("a", every[:4], 1, 2),
            Group("b", every[4:7], 2, 3),
        ),
        "at_most": (Group("a", every[:5], 0, 2), Group("b", every[5:], 1, 4)),
        "assignment": tuple(Group(str(t), t, 1, 1) for t in [*table_rows, *columns]),
        "knapsack": (),
    }
    weights = np.arange(1.0, n + 1) + 0.5
    limits = (Limit("weight", weights, -np.inf, 17.0),) if kind == "knapsack" else ()
    return replace(whole, groups=table[kind], limits=limits)
