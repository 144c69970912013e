"""The parameter-shift rule for libraries that only simulate (Mitarai et al., arXiv:1803.00745).

dz/dw = (z(w + pi/2) - z(w - pi/2)) / 2 for a rotation; each weight occurs in one.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.measurements.step.peers.base import Document, weights_only

Values = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]
"""Rows (K, n) and their weights (K, P) to expectations (K, n)."""


def shifted(case: Document, values: Values) -> Callable[[Any], tuple[float, list[Any]]]:
    """Return loss and gradient of the weights by (2P + 1) B circuits, asked for at once.

    Raises:
        Unable: Gradients of the inputs are asked for.
    """
    weights_only(case)
    x = np.asarray(case["inputs"], np.float64)
    rows, count = len(x), len(case["weights"])
    turns = np.pi / 2 * np.concatenate([np.zeros((1, count)), np.eye(count), -np.eye(count)])

    def value_and_gradient(w: Any) -> tuple[float, list[Any]]:
        points = np.repeat(w + turns, rows, axis=0)
        z = values(np.tile(x, (len(turns), 1)), points).reshape(len(turns), rows, -1)
        slopes = (z[1 : count + 1] - z[count + 1 :]) / 2
        return float((z[0] ** 2).sum()), [np.einsum("pbi,bi->p", slopes, 2 * z[0])]

    return value_and_gradient
