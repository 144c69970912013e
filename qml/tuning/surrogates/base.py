"""What a surrogate is: a model of the scores, of which functions over bits can be drawn."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from qml.tuning.encoding import Encoding, Levels


class Draw(NamedTuple):
    """A function of the bits: linear . x + x^T couplings x / 2.

    Attributes:
        linear: Shape (bits,).
        couplings: Shape (bits, bits), symmetric, 0 between the bits of one parameter.
    """

    linear: NDArray[np.float64]
    couplings: NDArray[np.float64]

    def values(self, x: NDArray[np.int8]) -> NDArray[np.float64]:
        """Return the value of each row of bits, shape (n, bits); shape (n,)."""
        bits = x.astype(np.float64)
        return np.asarray(bits @ self.linear + np.sum((bits @ self.couplings) * bits, axis=1) / 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """What a surrogate learns from.

    Attributes:
        encoding: Levels and bits of the parameters.
        levels: Shape (n, d).
        scores: Mean 0 and variance 1, the best lowest, shape (n,).
    """

    encoding: Encoding
    levels: Levels
    scores: NDArray[np.float64]

    @property
    def x(self) -> NDArray[np.int8]:
        """Bits of the trials, shape (n, bits)."""
        return self.encoding.onehot(self.levels)


class Surrogate(Protocol):
    """A model that was fitted to some trials."""

    def draw(self, rng: np.random.Generator, heat: float) -> Draw:
        """Return a function that the trials make plausible.

        Args:
            rng: Source of randomness.
            heat: How far from the most plausible one: 0 is that one, 1 a draw from the posterior.
        """
        ...


class FitSurrogate(Protocol):
    """Fits a model to trials."""

    def __call__(self, data: Data) -> Surrogate:
        """Return the fitted model."""
        ...
