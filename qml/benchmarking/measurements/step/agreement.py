"""Whether a peer computes what it shall: loss and gradients against double precision."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np


class Errors(NamedTuple):
    """Largest errors, each over the largest number of its kind."""

    loss: float
    gradient: float

    def within(self, tolerance: float) -> bool:
        """Whether both are small enough; NaN is not."""
        return self.loss <= tolerance and self.gradient <= tolerance


def errors(found: Mapping[str, Any], exact: Mapping[str, Any]) -> Errors:
    """Compare what a peer answered with the engine's double precision.

    Args:
        found: `loss` and `gradients` (one flat list of the weights, and of the inputs if asked).
        exact: The same in double precision.
    """
    one, other = _flat(found), _flat(exact)
    if one.shape != other.shape:
        return Errors(np.inf, np.inf)
    gradient = np.abs(one - other).max() / np.abs(other).max()
    return Errors(abs(found["loss"] - exact["loss"]) / abs(exact["loss"]), float(gradient))


def _flat(answer: Mapping[str, Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.concatenate([np.asarray(g, dtype=np.float64) for g in answer["gradients"]])
