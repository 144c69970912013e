"""Problems of allocation to test with."""

import itertools

import numpy as np

from qml.compression.bits.allocation import Interactions, Problem

WIDTHS = np.array([2.0, 3.0, 4.0, 6.0, 8.0])


def random_problem(seed: int, units: int = 6, *, convex: bool = False, pairs: bool = False):
    """Return sizes in whole bits, formats that do not fit here and there, some negative costs."""
    rng = np.random.default_rng(seed)
    weights = rng.choice([64.0, 64.0, 192.0, 448.0], units)
    sizes = weights[:, None] * WIDTHS
    costs = np.exp(rng.normal(-2, 1, (units, 1))) * 3.9 ** (3 - WIDTHS)
    if not convex:
        costs = costs * np.exp(rng.normal(0, 0.7, costs.shape)) - 0.001
        costs[rng.random(costs.shape) < 0.15] = np.inf
        costs[:, 2] = np.where(np.isfinite(costs).any(axis=1), costs[:, 2], 0.1)
    least = np.where(np.isfinite(costs), sizes, np.inf).min(axis=1).sum()
    most = np.where(np.isfinite(costs), sizes, -np.inf).max(axis=1).sum()
    budget = float(np.floor(least + rng.uniform(0, 1.02) * (most - least)))
    problem = Problem(costs=costs, sizes=sizes, budget=budget)
    return with_pairs(problem, seed) if pairs else problem


def with_pairs(problem: Problem, seed: int) -> Problem:
    """Return the problem with interactions of all units, measured in the second format."""
    rng = np.random.default_rng(seed)
    extra = np.triu(rng.normal(0, 0.02, (len(problem.costs),) * 2), 1)
    costs = np.where(np.isfinite(problem.costs), problem.costs, 0).clip(min=0)
    reach = np.sqrt(costs / np.maximum(costs[:, [1]], 0.01))
    terms = Interactions(extra=extra + extra.T, reach=reach)
    return Problem(costs=problem.costs, sizes=problem.sizes, budget=problem.budget, pairs=terms)


def model_like(seed: int, layers: int = 30) -> Problem:
    """Return sensitivities as those of SmolLM2 at 3 bits, summed over layers (measured)."""
    rng = np.random.default_rng(seed)
    kinds = np.array([0.094, 0.097, 0.158, 0.092, 0.155, 0.223, 0.396]) / 30
    weights = np.array([576, 192, 192, 576, 1536, 1536, 1536]) * 576.0
    costs = np.tile(kinds, layers) * np.exp(rng.normal(0, 0.8, 7 * layers))
    slopes = 3.9 * np.exp(rng.normal(0, 0.2, (7 * layers, 1)))
    sizes = np.tile(weights, layers)[:, None] * WIDTHS
    budget = rng.uniform(3, 6) * sizes[:, 0].sum() / 2
    return Problem(costs=costs[:, None] * slopes ** (3 - WIDTHS), sizes=sizes, budget=budget)


def best(problem: Problem) -> float:
    """Return the optimum, by trying everything."""
    formats = [np.flatnonzero(np.isfinite(row)) for row in problem.costs]
    found = (np.array(choice) for choice in itertools.product(*formats))
    return min(problem.objective(c) for c in found if problem.size(c) <= problem.budget)
