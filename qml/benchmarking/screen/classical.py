"""Classical kernels that a quantum one is held against, each over a grid.

The screen misleads unless they are tuned: on the reference instance of 60 rows and 6 features a
Gaussian kernel with gamma = 1 differs from the ZZ kernel by g = 16.8, with gamma = 100 by 1.46.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

Matrix = NDArray[np.float64]

WIDTHS = tuple(float(10**power) for power in np.arange(-2.0, 2.6, 0.5))
"""gamma times the total variance of the features: from nearly linear to nearly the identity."""
_DEGREES = (2, 3)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClassicalKernel:
    """One kernel of the grid.

    Attributes:
        family: `rbf`, `laplacian`, `matern`, `polynomial` or `linear`.
        setting: What was tuned, e.g. `gamma = 0.32`.
        matrix: Its values, shape (N, N).
    """

    family: str
    setting: str
    matrix: Matrix = field(repr=False)

    @property
    def name(self) -> str:
        """Family with its setting."""
        return f"{self.family} ({self.setting})" if self.setting else self.family


def gaussian(features: Matrix, gamma: float) -> Matrix:
    """Return exp(-gamma |x - x'|^2), shape (N, N)."""
    return np.exp(-gamma * cdist(features, features, "sqeuclidean"))


def grid(features: Matrix, widths: Sequence[float] = WIDTHS) -> list[ClassicalKernel]:
    """Return all kernels of the grid.

    Args:
        features: What the quantum kernel gets too, shape (N, d).
        widths: Values of gamma times the total variance of the features.
    """
    variance = float(np.var(features, axis=0).sum()) or 1.0
    return [
        *_stationary(
            "rbf", cdist(features, features, "sqeuclidean"), variance, widths, np.negative
        ),
        *_stationary(
            "laplacian",
            cdist(features, features, "cityblock"),
            _spread(features),
            widths,
            np.negative,
        ),
        *_stationary("matern", cdist(features, features), np.sqrt(variance), widths, _log_matern),
        *_dot_products(features, variance),
    ]


def _stationary(
    family: str,
    distances: Matrix,
    scale: float,
    widths: Sequence[float],
    logarithm: Callable[[Matrix], Matrix],
) -> Iterator[ClassicalKernel]:
    for width in widths:
        gamma = width / scale
        values = np.exp(logarithm(gamma * distances))
        yield ClassicalKernel(family=family, setting=f"gamma = {gamma:.3g}", matrix=values)


def _log_matern(r: Matrix) -> Matrix:
    """Matern 5/2, (1 + a + a^2/3) e^-a with a = sqrt(5) r."""
    a = np.sqrt(5.0) * r
    logarithm: Matrix = np.log1p(a + a * a / 3.0) - a
    return logarithm


def _spread(features: Matrix) -> float:
    """Return the total mean absolute deviation, or 1 where all rows are equal."""
    return float(np.abs(features - features.mean(axis=0)).mean(axis=0).sum()) or 1.0


def _dot_products(features: Matrix, variance: float) -> Iterator[ClassicalKernel]:
    """Yield kernels of x . x' with a constant, features scaled to a mean square length of 1."""
    moved = (features - features.mean(axis=0)) / np.sqrt(variance)
    products = moved @ moved.T + 1.0
    yield ClassicalKernel(family="linear", setting="", matrix=products)
    for degree in _DEGREES:
        yield ClassicalKernel(
            family="polynomial", setting=f"degree = {degree}", matrix=products**degree
        )
