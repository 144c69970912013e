"""Solvers of the core: evaluations a second, and what they find at equal budget.

    python bench/solvers.py [--seconds 0.5]

Speed, of processor time, stands beside the flips of dwave-samplers' own annealer. Quality is the
share of 20 published subset problems (24 choose 5, CCBQP, arXiv:2604.02554) whose optimum was
found, and the mean gap of a larger one (96 choose 12). Counted is every assignment whose objective
becomes known, descents and mending included: docs/concepts/solvers.md, "What is counted".
"""

import argparse
import time
from collections.abc import Iterator

import numpy as np
from dwave.samplers import SimulatedAnnealingSampler

from qml.algorithms.solvers import Answer, Budget, solve
from qml.algorithms.solvers.spins import Spins
from qml.problems import Arrays, Group

SOLVERS = ("local_search", "tabu", "parallel_tempering", "annealing", "path_integral")
KEEPING = SOLVERS[:-1]


class Processor:
    """A clock of processor time, so that other work on the machine matters less."""

    def now(self) -> float:
        """Return seconds since the epoch."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds of this process."""
        return time.process_time()


def dense(n: int, *groups: Group) -> Arrays:
    """Return a problem with normal coefficients."""
    rng = np.random.default_rng(0)
    upper = np.triu(rng.normal(size=(n, n)), 1)
    return Arrays(
        names=tuple(range(n)),
        linear=rng.normal(size=n),
        couplings=upper + upper.T,
        offset=0.0,
        groups=groups,
    )


def subset(seed: int, n: int = 24, k: int = 5) -> Arrays:
    """Return a diverse subset (CCBQP, arXiv:2604.02554, balance 1/2)."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(6, 16))
    v = centres[rng.integers(0, 6, n)] + 0.4 * rng.normal(size=(n, 16))
    v /= np.linalg.norm(v, axis=1)[:, None]
    q = centres.mean(axis=0) + 0.3 * rng.normal(size=16)
    couplings = v @ v.T / (k - 1)
    np.fill_diagonal(couplings, 0.0)
    return Arrays(
        names=tuple(range(n)),
        linear=-0.5 * (v @ q / np.linalg.norm(q)),
        couplings=couplings,
        offset=0.0,
        groups=(Group("k", tuple(range(n)), k, k),),
    )


def structures() -> Iterator[tuple[str, Arrays]]:
    """Yield the problems whose speed is measured."""
    n = 200
    yield "free, 200", dense(n)
    yield "20 of 200", dense(n, Group("k", tuple(range(n)), 20, 20))
    tens = (tuple(range(i, i + 10)) for i in range(0, n, 10))
    yield "20 one-hot of 10", dense(n, *(Group(str(t[0]), t, 1, 1) for t in tens))
    yield "6 of 24", dense(24, Group("k", tuple(range(24)), 6, 6))


def raw_flips(n: int = 200, sweeps: int = 2000) -> float:
    """Return flips a second of dwave-samplers' annealer, called as a user calls it."""
    import dimod

    model = dimod.BinaryQuadraticModel(dense(n).couplings / 2, "BINARY")
    began = time.process_time()
    SimulatedAnnealingSampler().sample(model, num_reads=4, num_sweeps=sweeps, seed=1)
    return 4 * sweeps * n / (time.process_time() - began)


def speeds(seconds: float) -> None:
    """Print evaluations a second."""
    print("| problem | " + " | ".join(SOLVERS) + " |")
    print("|---|" + "---|" * len(SOLVERS))
    for name, problem in structures():
        rates = []
        for solver in SOLVERS:
            answer = solve(problem, solver, budget=Budget(seconds=seconds), clock=Processor())
            rates.append(f"{answer.evaluations / answer.seconds / 1e6:.2f} M/s")
        print(f"| {name} | " + " | ".join(rates) + " |")
    print(f"\ndwave-samplers itself, free, 200: {raw_flips() / 1e6:.1f} M flips/s")
    spins, rng = Spins(dense(200)), np.random.default_rng(0)
    began = time.process_time()
    spins.anneal(4, 2000, rng)
    took = time.process_time() - began
    print(f"the same through the core: {4 * 2000 * 200 / took / 1e6:.1f} M flips/s")


def quality(budgets: tuple[int, ...]) -> None:
    """Print what is found of 20 subsets, and the mean gap."""
    problems = [subset(seed) for seed in range(20)]
    best = [_best(solve(p, "exact", budget=Budget())) for p in problems]
    print("\n| 5 of 24, optima of 20 | " + " | ".join(f"{b:,}" for b in budgets) + " |")
    print("|---|" + "---|" * len(budgets))
    for solver in ("greedy", *SOLVERS):
        cells = []
        for budget in budgets:
            found = [_best(solve(p, solver, budget=Budget(evaluations=budget))) for p in problems]
            cells.append(str(sum(f <= b + 1e-9 for f, b in zip(found, best, strict=True))))
        print(f"| {solver} | " + " | ".join(cells) + " |")


def larger(budget: int) -> None:
    """Print objectives of larger subsets, against the best that any of them found."""
    problems = [subset(seed, 96, 12) for seed in range(6)]
    values = {
        solver: [_best(solve(p, solver, budget=Budget(evaluations=budget))) for p in problems]
        for solver in ("greedy", *KEEPING)
    }
    best = np.min(list(values.values()), axis=0)
    print(f"\n| 12 of 96, {budget:,} evaluations | mean gap | best of all |")
    print("|---|---|---|")
    for solver, found in values.items():
        gaps = (np.array(found) - best) / np.abs(best)
        print(f"| {solver} | {100 * gaps.mean():.3f} % | {int((gaps < 1e-9).sum())}/6 |")


def _best(answer: Answer) -> float:
    return np.inf if answer.objective is None else answer.objective


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=0.5)
    speeds(parser.parse_args().seconds)
    quality((2_000, 20_000, 200_000))
    larger(2_000_000)
