"""The error of expectations, and the circuits that it is predicted for."""

from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit
from qml.mitigation.base import Noise
from qml.mitigation.density import outcomes
from qml.mitigation.settings import Setting, assemble

Array = NDArray[np.float64]


class Error(NamedTuple):
    """Error of expectations, averaged over circuits and observables.

    Attributes:
        bias: Root of the mean square of what more shots do not lessen.
        deviation: Root of the mean variance.
        uncertainty: Standard error of `square` where it was told by draws; 0 where it is exact.
    """

    bias: float
    deviation: float
    uncertainty: float = 0.0

    @property
    def square(self) -> float:
        """Mean squared error."""
        return self.bias**2 + self.deviation**2

    @property
    def root(self) -> float:
        """Root of the mean squared error."""
        return float(np.sqrt(self.square))

    @property
    def root_uncertainty(self) -> float:
        """Standard error of `root`."""
        return self.uncertainty / (2 * self.root) if self.root else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One circuit that expectations are wanted of.

    Attributes:
        circuits: In every setting, as its gates are run.
        settings: What is measured of it.
    """

    circuits: tuple[Circuit, ...]
    settings: tuple[Setting, ...]

    @property
    def truth(self) -> Array:
        """Expectations without noise, shape (observables,)."""
        pairs = zip(self.circuits, self.settings, strict=True)
        return assemble([outcomes(c, Noise()).means(s.targets) for c, s in pairs], self.settings)


def told(means: Array, variances: Array, truth: Array) -> Error:
    """Return the error that draws tell.

    Args:
        means: What is expected of an estimate in each draw, shape (draws, observables).
        variances: What is left to chance in each draw, the same shape.
        truth: Shape (observables,).
    """
    number = len(means)
    spread = means.var(axis=0, ddof=1)
    bias = np.clip((means.mean(axis=0) - truth) ** 2 - spread / number, 0, None)
    squares = ((means - truth) ** 2 + variances).mean(axis=1)
    uncertainty = float(squares.std(ddof=1)) / sqrt(number)
    return Error(root(bias), root(spread + variances.mean(axis=0)), uncertainty)


def root(squares: Array) -> float:
    """Return the root of a mean."""
    return float(np.sqrt(squares.mean()))
