"""Which prior makes the trials most likely (empirical Bayes)."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from qml.tuning.surrogates.base import Data
from qml.tuning.surrogates.gaussian import Posterior, Prior, symmetric

REACHES = (0.2, 0.5)
"""Distances over which levels of a number are alike, in units of its range."""
NOISES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
"""Variances of the noise, in units of what the bits explain."""
MOST = 200
"""Trials that a model is fitted to: its time grows with the third power."""


def fit(data: Data, *, shares: Sequence[float]) -> Posterior:
    """Return the posterior under the most likely prior.

    Size of the variances and mean are fitted exactly, the rest is looked up on a grid.

    Args:
        data: The trials.
        shares: Parts of the explained variance that may be due to products of bits; 0 leaves them
            out.
    """
    data = thinned(data)
    ordered = any(column.places is not None for column in data.encoding.columns)
    found = (
        posterior
        for reach in (REACHES if ordered else REACHES[:1])
        for share in shares
        for posterior in _profiles(data, reach, share)
    )
    return max(found, key=lambda posterior: posterior.evidence)


def thinned(data: Data) -> Data:
    """Leave trials out where there are many: the best stay, and of the others every so many-th."""
    count = len(data.scores)
    if count <= MOST:
        return data
    order = np.argsort(data.scores, kind="stable")
    rest = order[MOST // 2 :]
    spread = rest[np.linspace(0, len(rest) - 1, MOST - MOST // 2).astype(int)]
    kept = np.sort(np.concatenate([order[: MOST // 2], spread]))
    return Data(encoding=data.encoding, levels=data.levels[kept], scores=data.scores[kept])


def _profiles(data: Data, reach: float, share: float) -> Iterator[Posterior]:
    """Yield a posterior for each noise, with the best mean and size of the variances.

    With K = U diag(w) U^T, mean and size have closed forms (generalised least squares).
    """
    count = len(data.encoding.columns)
    single, pair = (1 - share) / count, share / max(1, count * (count - 1) / 2)
    first, second = symmetric(data, reach)
    values, vectors = np.linalg.eigh(single * first + pair * second)
    spectra = np.maximum(values, 0) + np.array(NOISES)[:, None]
    fits = _profile(spectra, vectors.T @ data.scores, vectors.sum(axis=0))
    for noise, (size, mean, evidence) in zip(NOISES, fits.T.tolist(), strict=True):
        prior = Prior(
            reach=reach, single=size * single, pair=size * pair, noise=size * noise, mean=mean
        )
        yield Posterior(data=data, prior=prior, evidence=evidence)


def _profile(
    spectra: NDArray[np.float64], scores: NDArray[np.float64], ones: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the best size, the best mean and the restricted log likelihood there, shape (3, k).

    Args:
        spectra: Eigenvalues of k covariances of size 1, shape (k, n).
        scores: Scores in the basis of the eigenvectors, shape (n,).
        ones: The constant 1 in that basis, shape (n,).
    """
    precision = np.sum(ones**2 / spectra, axis=1)
    mean = np.sum(ones * scores / spectra, axis=1) / precision
    size = np.mean((scores - mean[:, None] * ones) ** 2 / spectra, axis=1)
    evidence = -len(scores) * np.log(size) - np.log(spectra).sum(axis=1) - np.log(precision)
    return np.stack([size, mean, evidence / 2])
