"""Whether a few low frequencies imitate the answers of a quantum machine.

A circuit that encodes angles is a trigonometric polynomial of them (M. Schuld, R. Sweke, J. Meyer,
Phys. Rev. A 103, 032430 (2021)); where low frequencies are enough, a classical machine made of them
replaces it (J. Landman et al. 2022, arXiv:2210.13200). The surrogate is a ridge regression with the
kernel prod_i (1 + a sum_(k <= r) cos k (x_i - x_i')); it learns the quantum machine's answers, not
the labels, and is judged on rows left out.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.screen.geometry import normalised
from qml.benchmarking.screen.ridge import Spectrum

Matrix = NDArray[np.float64]

DEGREES = (1, 2, 3)
WEIGHTS = (0.03, 0.1, 0.3, 1.0)
"""a: small ones leave products of many features out."""
_RIDGES = (1e-8, 1e-6, 1e-4, 1e-2, 1.0)


class Imitation(NamedTuple):
    """A surrogate of frequencies up to `degree`.

    Attributes:
        degree: Highest frequency of each feature, r.
        share: Share of the variance of the quantum machine's answers that it tells of rows left
            out, R^2; 1 is a perfect imitation, 0 or less is none.
    """

    degree: int
    share: float


def trigonometric(features: Matrix, degree: int, weight: float) -> Matrix:
    """Return the kernel of frequencies up to `degree`, shape (N, N).

    Args:
        features: Angles in radians, shape (N, d).
        degree: r.
        weight: a.
    """
    kernel = np.ones((len(features), len(features)))
    for column in features.T:
        apart = column[:, None] - column[None, :]
        kernel *= 1.0 + weight * sum(np.cos(k * apart) for k in range(1, degree + 1))
    return kernel


def answers(kernel: Matrix, targets: Matrix, ridge: float) -> Matrix:
    """Return what a ridge machine answers to its own rows, shape (N, columns).

    Args:
        kernel: Of the machine, shape (N, N).
        targets: Shape (N, columns).
        ridge: lambda, for a trace of N.
    """
    scaled = normalised(kernel)
    moved = targets - targets.mean(axis=0)
    found: Matrix = scaled @ Spectrum.of(scaled).coefficients(moved, ridge)
    return found


def imitate(features: Matrix, outputs: Matrix) -> list[Imitation]:
    """Imitate answers by frequencies up to 1, 2 and 3.

    Args:
        features: Angles in radians, shape (N, d).
        outputs: Answers of the quantum machine, shape (N, columns).
    """
    return [Imitation(degree, _best(features, outputs, degree)) for degree in DEGREES]


def told(kernel: Matrix, outputs: Matrix) -> float:
    """Return R^2 of a ridge regression on rows left out, at its best lambda."""
    moved = outputs - outputs.mean(axis=0)
    spectrum, whole = Spectrum.of(normalised(kernel)), float(np.square(moved).sum())
    if whole == 0.0:
        return 1.0  # nothing to be imitated
    missed = [np.square(spectrum.left_out(moved, r).values - moved).sum() for r in _RIDGES]
    return 1.0 - float(min(missed)) / whole


def _best(features: Matrix, outputs: Matrix, degree: int) -> float:
    return max(told(trigonometric(features, degree, a), outputs) for a in WEIGHTS)
