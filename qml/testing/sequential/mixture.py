"""Probabilities of a sequence of outcomes when the distribution is drawn from Dirichlet priors.

A mixture over distributions predicts each outcome from those before it. Divided by the largest
probability that a hypothesis gives to the sequence it is an e-value at every stopping time: under
the hypothesis it exceeds 1/delta at any time with probability at most delta (Ville, 1939; universal
inference: Wasserman, Ramdas, Balakrishnan, PNAS 117 (2020) 16880).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

_WIDE = 0.01


def priors(
    outcomes: int, centre: NDArray[np.float64] | None = None, epsilon: float = 0.1
) -> list[NDArray[np.float64]]:
    """Return the parameters of priors, shape (outcomes,) each.

    Krichevsky and Trofimov's 1/2 for distributions over all outcomes, Perks' 1/K for those over
    few, and, where there is a centre, one whose draws lie about `epsilon` from it.
    """
    found = [np.full(outcomes, 0.5), np.full(outcomes, 1 / outcomes)]
    if centre is not None:
        weight = outcomes / epsilon**2
        found.append(weight * ((1 - _WIDE) * centre + _WIDE / outcomes))
    return found


def log_mixture(tally: NDArray[np.int64], priors: Sequence[NDArray[np.float64]]) -> float:
    """Return the log of the mean probability of a sequence with these counts, shape (K,)."""
    return log_mean(np.array([_log_dirichlet(tally, prior) for prior in priors]))


def log_mean(logs: NDArray[np.float64]) -> float:
    """Return the log of the mean of exp(logs), shape (any,), without overflow."""
    top = logs.max()
    return float(top + np.log(np.exp(logs - top).mean()))


def log_fitted(tally: NDArray[np.int64]) -> float:
    """Return the log of the largest probability that any distribution gives the sequence."""
    return float(xlogy(tally, tally).sum() - xlogy(tally.sum(), tally.sum()))


def _log_dirichlet(tally: NDArray[np.int64], prior: NDArray[np.float64]) -> float:
    whole = gammaln(prior.sum()) - gammaln(tally.sum() + prior.sum())
    return float(whole + (gammaln(tally + prior) - gammaln(prior)).sum())
