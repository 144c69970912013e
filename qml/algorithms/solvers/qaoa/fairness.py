"""Ties: how evenly optima of equal cost are sampled, and two remedies.

Annealing and QAOA under the X mixer favour optima that many flips connect (arXiv:2411.05294,
2601.16144, 2512.14552): more layers make it worse and not better. Grover's mixer treats equal costs
equally at any angles; a Metropolis chain over the samples corrects any distribution that reaches
all optima and whose probabilities are known.
"""

import numpy as np
from numpy.typing import NDArray

from qml.errors import DataError

TIE = 1e-9
"""Costs that are closer than this are equal."""


def optima(costs: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the indices of least cost."""
    return np.flatnonzero(costs <= costs.min() + TIE)


def unfairness(chances: NDArray[np.float64], costs: NDArray[np.float64]) -> float:
    """Return the total variation distance to uniform among the optima, 0 to 1.

    Args:
        chances: Probability of each index, or how often it was seen, (d,).
        costs: Shape (d,).

    Raises:
        DataError: No optimum has any probability.
    """
    among = chances[optima(costs)].astype(np.float64)
    total = among.sum()
    if total == 0:
        raise DataError("no optimum was seen, so that nothing can be said of ties")
    return float(np.abs(among / total - 1 / len(among)).sum() / 2)


def weak_field_limit(costs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what an infinitely slow anneal of a transverse field ends in, (2**n,).

    Degenerate perturbation theory among the optima: the flips that lead from one to another decide;
    what they leave equal, paths over one excited assignment decide; what these leave equal, too,
    is shared as the uniform start shares it.
    """
    found = np.zeros(len(costs))
    ties = optima(costs)
    wires = len(costs).bit_length() - 1
    direct = np.bitwise_count(ties[:, None] ^ ties[None, :]) == 1
    kept = _top(direct.astype(np.float64), np.eye(len(ties)))
    kept = _top(_by_way_of_excited(costs, ties, wires), kept)
    state = kept @ (kept.T @ np.ones(len(ties)))
    found[ties] = state**2 / (state @ state)
    return found


def _top(matrix: NDArray[np.float64], kept: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the eigenvectors of largest eigenvalue within the span of the columns `kept`."""
    values, vectors = np.linalg.eigh(kept.T @ matrix @ kept)
    return np.asarray(kept @ vectors[:, values > values[-1] - TIE])


def _by_way_of_excited(
    costs: NDArray[np.float64], ties: NDArray[np.int64], wires: int
) -> NDArray[np.float64]:
    """Sum 1 / (C - E0) over the assignments one flip from both of two optima."""
    flips = 1 << np.arange(wires)
    reached = ties[:, None] ^ flips[None, :]
    gaps = costs[reached] - costs.min()
    weights = np.where(gaps > TIE, 1 / np.maximum(gaps, TIE), 0.0)
    near = (reached[:, :, None, None] == reached[None, None, :, :]).any(axis=3)
    return np.asarray(np.einsum("if,ifj->ij", weights, near.astype(float)))


def metropolis(
    chances: NDArray[np.float64],
    costs: NDArray[np.float64],
    *,
    temperature: float,
    steps: int,
    seed: int,
) -> NDArray[np.int64]:
    """Visit assignments in the proportions of Boltzmann, with shots of a circuit as proposals.

    An independence chain: a move from x to y is accepted with the chance
    min(1, p(y) q(x) / (p(x) q(y))), p Boltzmann's and q the circuit's distribution.

    Args:
        chances: Distribution of the circuit, (d,), all optima above 0.
        costs: Shape (d,).
        temperature: Above 0, in units of the costs.
        steps: Shots to use.
        seed: Feeds the chain.

    Returns:
        How often each index was visited, (d,).
    """
    rng = np.random.default_rng(seed)
    proposed = rng.choice(len(chances), size=steps + 1, p=chances / chances.sum())
    with np.errstate(divide="ignore"):  # what is never proposed is never asked for
        weights = -costs / temperature - np.log(chances)
    gains = weights[proposed]
    draws = np.log(rng.random(steps))
    visits = np.zeros(len(chances), dtype=np.int64)
    here = 0
    for step in range(1, steps + 1):
        if draws[step - 1] < gains[step] - gains[here]:
            here = step
        visits[proposed[here]] += 1
    return visits
