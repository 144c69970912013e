"""The first settings: every level of every parameter is tried.

A bit that was never on tells a surrogate nothing; its weight stays at the prior's mean
(arXiv:2605.04825).
"""

import numpy as np

from qml.tuning.encoding import Encoding, Levels, seen


def next_cover(encoding: Encoding, begun: Levels, rng: np.random.Generator) -> Levels:
    """Return a setting in which each parameter takes a level that was tried least.

    Each parameter goes through its levels in random order, as in a Latin hypercube, and it counts
    what others tried: enqueued, failed and running trials. Absence is no level to be covered.

    Args:
        encoding: The parameters.
        begun: Levels of all trials so far, shape (m, d).
        rng: Breaks ties.

    Returns:
        Shape (d,).
    """
    counts = seen(begun, encoding.sizes)
    pairs = zip(counts, encoding.columns, strict=True)
    return np.array([_least(c[: len(column)], rng) for c, column in pairs], dtype=np.intp)


def covers(encoding: Encoding, trials: int) -> int:
    """Return how many trials a design needs: as asked, but one for each level at least."""
    return max(trials, *(len(column) for column in encoding.columns))


def _least(counts: np.ndarray, rng: np.random.Generator) -> int:
    return int(rng.choice(np.flatnonzero(counts == counts.min())))
