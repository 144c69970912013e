"""Rounding up or down as a binary quadratic problem (AdaRound, Nagel et al., arXiv:2004.10568).

A row of weights w is rounded to w' = low + step x with x in {0, 1}^n. The mean square that its
output changes by is (w' - w)^T H (w' - w), with H the second moments of its inputs. With
e = low - w:

    linear_i = step_i^2 H_ii + 2 step_i (H e)_i,  couplings_ij = 2 step_i step_j H_ij,
    offset = e^T H e.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.problems.arrays import Arrays


def rounding(errors: NDArray[Any], steps: NDArray[Any] | float, hessian: NDArray[Any]) -> Arrays:
    """Return the problem of one row, or of some weights of it.

    Args:
        errors: What each weight is off by when it is rounded down, shape (n,).
        steps: What rounding up adds, shape (n,) or one for all.
        hessian: Second moments of the inputs, shape (n, n), symmetric.
    """
    errors = np.asarray(errors, dtype=np.float64)
    hessian = np.asarray(hessian, dtype=np.float64)
    step = np.broadcast_to(np.asarray(steps, dtype=np.float64), errors.shape)
    push = hessian @ errors
    couplings = 2 * step[:, None] * step * hessian
    linear = np.diag(couplings) / 2 + 2 * step * push
    np.fill_diagonal(couplings, 0)
    return Arrays(
        names=tuple(range(len(errors))),
        linear=linear,
        couplings=couplings,
        offset=float(errors @ push),
    )


class Column(NamedTuple):
    """One output neuron of the published trial.

    Attributes:
        weights: w, shape (12,).
        step: Distance of two values.
        hessian: X^T X / m, shape (12, 12).
        starts: Random assignments for descents, shape (10, 12).
    """

    weights: NDArray[np.float64]
    step: float
    hessian: NDArray[np.float64]
    starts: NDArray[np.int8]

    @property
    def errors(self) -> NDArray[np.float64]:
        """What each weight is off by when it is rounded down, shape (12,)."""
        return self.step * np.floor(self.weights / self.step) - self.weights

    @property
    def nearest(self) -> NDArray[np.int8]:
        """Which weights the nearest values round up, shape (12,)."""
        down = np.floor(self.weights / self.step)
        return (np.rint(self.weights / self.step) - down).astype(np.int8)

    def problem(self) -> Arrays:
        """Return the choice between down and up as a problem."""
        return rounding(self.errors, self.step, self.hessian)


def trial(trials: int = 6, columns: int = 7, seed: int = 0) -> Iterator[Column]:
    """Yield columns of 12 weights at 3 bits behind four correlated inputs; 42 by default.

    Each trial draws L = N(12, 4) and X = N(256, 4) L^T + 0.3 N(256, 12), then its columns
    w = N(12), with step = (max w - min w) / 7, each followed by ten random starts.

    Args:
        trials: Draws of the inputs.
        columns: Columns of each.
        seed: Of numpy's generator.
    """
    random = np.random.default_rng(seed)
    for _ in range(trials):
        mix = random.normal(size=(12, 4))
        inputs = random.normal(size=(256, 4)) @ mix.T + 0.3 * random.normal(size=(256, 12))
        for _ in range(columns):
            weights = random.normal(size=12)
            step = float(np.ptp(weights) / 7)
            starts = random.integers(0, 2, (10, 12)).astype(np.int8)
            yield Column(weights, step, inputs.T @ inputs / len(inputs), starts)
