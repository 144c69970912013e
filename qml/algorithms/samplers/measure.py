"""What the draws of one method are worth, beside what they took."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite, isnan, sqrt

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.samplers.chain import Draws
from qml.algorithms.samplers.exact import Exact, indices
from qml.results.chains import (
    bulk_effective_sample_size,
    effective_sample_size,
    r_hat,
    split_r_hat,
)

NORMAL = 1.959963984540054
"""Quantile of the normal distribution for intervals of 95 %."""
APART = 1e6
"""Stands for an infinite R-hat: every chain is stuck, and not all in the same place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One row of the table of methods.

    Attributes:
        draws: States that were kept, over all chains.
        acceptance: Share of the proposals that were accepted; None where all are.
        ess: Effective sample size: that of the energy or of the slowest spin, whichever is smaller.
            None where it cannot be told.
        rhat: R-hat: that of the energy or of the worst spin, whichever is larger.
        energy: Mean energy.
        energy_ci: Its 95 % interval, from the effective sample size of the energies.
        energy_error: Mean energy minus the exact one, where that is known.
        tvd: Total variation distance from the exact distribution, where that is known.
        tvd_independent: What `ess` independent exact samples would have on average.
    """

    draws: int
    acceptance: float | None
    ess: float | None
    rhat: float | None
    energy: float
    energy_ci: tuple[float, float] | None
    energy_error: float | None = None
    tvd: float | None = None
    tvd_independent: float | None = None


def measure(draws: Draws, exact: Exact | None) -> Measured:
    """Judge draws, the warm-up left out, at least one.

    Args:
        draws: What was kept.
        exact: The distribution, where it can be enumerated.
    """
    mean = float(draws.energies.mean())
    ess, rhat = _effective(draws), _reduction(draws)
    info = draws.info
    return Measured(
        draws=draws.energies.size,
        acceptance=info.accepted / info.proposed if info.proposed else None,
        ess=ess,
        rhat=rhat,
        energy=mean,
        energy_ci=_interval(draws.energies, mean),
        energy_error=None if exact is None else mean - exact.energy,
        tvd=None if exact is None else exact.distance(indices(draws.spins).ravel()),
        tvd_independent=None if exact is None or ess is None else exact.expected_distance(ess),
    )


def _effective(draws: Draws) -> float | None:
    spins = (effective_sample_size(s) for s in _moving(draws))
    found = [e for e in (bulk_effective_sample_size(draws.energies), *spins) if isfinite(e)]
    return min(found, default=None)


def _reduction(draws: Draws) -> float | None:
    # two values are normal scores up to scale: ranks change nothing for spins
    found = [r_hat(draws.energies), *(split_r_hat(s) for s in _moving(draws))]
    return max((min(r, APART) for r in found if not isnan(r)), default=None)


def _moving(draws: Draws) -> Iterator[NDArray[np.float64]]:
    """Yield the draws of each spin that was seen both ways, shape (draws, chains) each."""
    spins = draws.spins
    moving = np.flatnonzero(np.ptp(spins.reshape(-1, spins.shape[2]), axis=0))
    yield from (spins[:, :, i].astype(np.float64) for i in moving)


def _interval(energies: NDArray[np.float64], mean: float) -> tuple[float, float] | None:
    ess = effective_sample_size(energies)
    if not isfinite(ess):
        return None
    reach = NORMAL * float(energies.std(ddof=1)) / sqrt(ess)
    return mean - reach, mean + reach
