"""What the draws of Markov chains are worth: effective sample size and R-hat.

References:
    A. Vehtari, A. Gelman, D. Simpson, B. Carpenter, P.-C. Burkner, Bayesian Analysis 16 (2021) 667,
    arXiv:1903.08008; C. J. Geyer, Stat. Sci. 7 (1992) 473.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft
from scipy.special import ndtri
from scipy.stats import rankdata

LEAST = 4
"""Fewest draws of a chain that anything can be said about."""


def effective_sample_size(draws: NDArray[np.float64]) -> float:
    """Return how many independent draws estimate the mean as well, over split chains.

    S / tau with tau = -1 + 2 sum of Geyer's initial monotone sequence of the autocorrelations
    combined over chains (equations 10 to 13 there).

    Args:
        draws: Shape (draws, chains).

    Returns:
        At most S log10(S); NaN where the draws are too few or never change.
    """
    x = _split(draws)
    if x is None:
        return float("nan")
    n, total = len(x), x.size
    covariances = _autocovariances(x)
    within = covariances[0].mean() * n / (n - 1)
    whole = within * (n - 1) / n + x.mean(axis=0).var(ddof=1)
    correlations = 1 - (within - covariances.mean(axis=1) * n / (n - 1)) / whole
    correlations[0] = 1.0
    tau = max(_integrated_time(correlations), 1 / np.log10(total))
    return float(total / tau)


def bulk_effective_sample_size(draws: NDArray[np.float64]) -> float:
    """Return the effective sample size of the rank-normalised draws, shape (draws, chains)."""
    return effective_sample_size(_rank_normalised(draws))


def split_r_hat(draws: NDArray[np.float64]) -> float:
    """Return the potential scale reduction of the split chains, shape (draws, chains).

    NaN where the draws are too few or never change.
    """
    x = _split(draws)
    if x is None:
        return float("nan")
    n = len(x)
    within = x.var(axis=0, ddof=1).mean()
    between = x.mean(axis=0).var(ddof=1)
    if within == 0:
        return float("inf")
    return float(np.sqrt((n - 1) / n + between / within))


def r_hat(draws: NDArray[np.float64]) -> float:
    """Return the rank-normalised split R-hat: the larger one of bulk and folded draws.

    Args:
        draws: Shape (draws, chains).
    """
    folded = np.abs(draws - np.median(draws))
    bulk, tail = (split_r_hat(_rank_normalised(d)) for d in (draws, folded))
    return float(np.fmax(bulk, tail))


def _split(draws: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Cut every chain into halves, shape (draws // 2, 2 chains); None where that says nothing."""
    x = np.asarray(draws, dtype=float)
    half = len(x) // 2
    if half < LEAST // 2 or not np.isfinite(x).all() or np.ptp(x) == 0:
        return None
    return np.concatenate([x[:half], x[-half:]], axis=1)


def _rank_normalised(draws: NDArray[np.float64]) -> NDArray[np.float64]:
    """Replace draws by normal scores of their ranks, equation 14 there."""
    x = np.asarray(draws, dtype=float)
    ranks = rankdata(x, axis=None).reshape(x.shape)
    return np.asarray(ndtri((ranks - 3 / 8) / (x.size + 1 / 4)))


def _autocovariances(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the autocovariances of each column, divided by the number of draws."""
    n = len(x)
    size = next_fast_len(2 * n)
    spectrum = np.abs(rfft(x - x.mean(axis=0), size, axis=0)) ** 2
    return np.asarray(irfft(spectrum, size, axis=0)[:n] / n)


def _integrated_time(correlations: NDArray[np.float64]) -> float:
    """Sum Geyer's initial positive and monotone sequence of pairs."""
    even = correlations[: len(correlations) // 2 * 2]
    pairs = even.reshape(-1, 2).sum(axis=1)
    below = np.flatnonzero(pairs <= 0)
    last = int(below[0]) if below.size else len(pairs)
    summed = float(np.minimum.accumulate(pairs[:last]).sum())
    rest = correlations[2 * last] if 2 * last < len(correlations) else 0.0
    return -1 + 2 * summed + max(0.0, float(rest))
