"""Bets against a mean: wealth that cannot grow under the hypothesis.

For values y in [0, 1] whose mean is at most m the wealth prod (1 + b (y - m)), 0 <= b < 1/m, has
expectation at most 1 at every stopping time, so it exceeds 1/delta at any time with probability at
most delta (Waudby-Smith, Ramdas, J. R. Stat. Soc. B 86 (2024) 1). The wealth is averaged over bets,
small ones for small differences; it adapts to the variance, as no bound by the range does.
"""

import numpy as np
from numpy.typing import NDArray

from qml.testing.sequential.mixture import log_mean

_BETS = np.geomspace(1e-3, 0.9, 24)
_EDGE = 1e-9


def log_wealth(values: NDArray[np.float64], times: NDArray[np.int64], mean: float) -> float:
    """Return the log of the wealth of bets that the mean lies above `mean`.

    Args:
        values: Distinct values, 0 to 1, shape (distinct,).
        times: How often each was seen, shape (distinct,).
        mean: m, 0 to 1.
    """
    m = max(mean, _EDGE)
    bets = np.unique(np.concatenate([_BETS / m, _BETS * min(1.0, 1 / m)]))
    return log_mean(np.log1p(bets[:, None] * (values[None, :] - m)) @ times)
