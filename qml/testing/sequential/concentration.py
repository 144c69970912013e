"""How far frequencies lie from probabilities, and the shots that follow from it.

Two bounds hold for the L1 error of frequencies over K outcomes; which is smaller is known before
the first shot, so choosing costs nothing.

- Weissman et al. (2003, HPL-2003-97): sqrt(2 (K ln 2 + ln(1/delta)) / n).
- McDiarmid's inequality about the mean: (s + sqrt(2 ln(1/delta))) / sqrt(n), with the spread
  s = sum_i sqrt(p_i (1 - p_i)) >= sqrt(n) E. It wins where few outcomes carry the probability: a
  GHZ state of eight wires has s = 1, and K = 256.
"""

from math import ceil, exp, log, sqrt

import numpy as np
from numpy.typing import NDArray


def spread(distribution: NDArray[np.float64], tolerance: float = 0.0) -> float:
    """Bound sum_i sqrt(p_i (1 - p_i)) over all p within `tolerance` of a distribution.

    f(x) = sqrt(x (1 - x)) differs by at most sqrt(|x - y|), and the differences add up to twice
    the distance, so Cauchy and Schwarz give sqrt(2 K tolerance); the sum never exceeds
    sqrt(K - 1).

    Args:
        distribution: Shape (K,), sum 1.
        tolerance: Total variation distance, 0 to 1.
    """
    outcomes = len(distribution)
    clipped = np.clip(distribution, 0, 1)
    near = float(np.sqrt(clipped * (1 - clipped)).sum()) + sqrt(2 * outcomes * tolerance)
    return min(near, sqrt(outcomes - 1))


def radius(outcomes: int, spread: float, shots: int, delta: float) -> float:
    """Return the L1 error that is exceeded with probability at most `delta`."""
    return min(_weissman(outcomes, delta), _mcdiarmid(spread, delta)) / sqrt(shots)


def shots_for(outcomes: int, spread: float, epsilon: float, delta: float) -> int:
    """Return the least shots at which the L1 error stays within `epsilon`, but for `delta`."""
    return ceil((min(_weissman(outcomes, delta), _mcdiarmid(spread, delta)) / epsilon) ** 2)


def tail(outcomes: int, spread: float, shots: int, error: float, delta: float) -> float:
    """Return a p-value of an L1 error, by the bound that is the smaller one at `delta`."""
    if _weissman(outcomes, delta) <= _mcdiarmid(spread, delta):
        return exp(min(0.0, outcomes * log(2) - shots * error**2 / 2))
    beyond = max(0.0, error * sqrt(shots) - spread)
    return exp(-(beyond**2) / 2)


def _weissman(outcomes: int, delta: float) -> float:
    return sqrt(2 * (outcomes * log(2) + log(1 / delta)))


def _mcdiarmid(spread: float, delta: float) -> float:
    return spread + sqrt(2 * log(1 / delta))
