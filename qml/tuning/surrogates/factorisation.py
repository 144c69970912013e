"""Factorisation machine (FMQA: Kitai et al. 2020, arXiv:1907.10202).

f(x) = w0 + sum_i w_i x_i + sum_{i<j} <v_i, v_j> x_i x_j; as a QUBO: linear w_i, couplings
<v_i, v_j>. It has no posterior: a draw is a fit of the trials with random weights (the Bayesian
bootstrap, Rubin 1981) from a random start.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.tuning.surrogates.base import Data, Draw
from qml.tuning.surrogates.evidence import thinned

RANK = 6
"""Length of the vectors v."""
_STEPS, _RATE, _DECAY = 200, 0.05, 0.01
_START = 0.1
_FIRST, _SECOND, _TINY = 0.9, 0.99, 1e-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A factorisation machine that is trained when it is drawn.

    Attributes:
        data: The trials.
    """

    data: Data

    def draw(self, rng: np.random.Generator, heat: float) -> Draw:
        """Train on the trials, with weights 1 + heat (e - 1), e exponential of mean 1."""
        x = self.data.x.astype(np.float64)
        weights = 1 + heat * (rng.standard_exponential(len(x)) - 1)
        _, linear, vectors = train(x, self.data.scores, weights / weights.mean(), rng)
        return Draw(linear, np.where(self.data.encoding.between(), vectors @ vectors.T, 0.0))


def fit_machine(data: Data) -> Machine:
    """Return a factorisation machine of the trials."""
    return Machine(data=thinned(data))


def train(
    x: NDArray[np.float64],
    scores: NDArray[np.float64],
    weights: NDArray[np.float64],
    rng: np.random.Generator,
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Minimise the weighted mean squared error with weight decay, by Adam on all trials at once.

    Args:
        x: Bits, shape (n, bits).
        scores: Shape (n,).
        weights: Of the trials, mean 1, shape (n,).
        rng: Chooses where the vectors start.

    Returns:
        w0, w of shape (bits,), v of shape (bits, rank).
    """
    bits = x.shape[1]
    theta = np.concatenate([np.zeros(1 + bits), _START * rng.standard_normal(bits * RANK)])
    first, second = np.zeros_like(theta), np.zeros_like(theta)
    for step in range(1, _STEPS + 1):
        slope = _slope(theta, x, scores, weights)
        first += (1 - _FIRST) * (slope - first)
        second += (1 - _SECOND) * (slope**2 - second)
        scale = np.sqrt(second / (1 - _SECOND**step)) + _TINY
        theta -= _RATE * first / (1 - _FIRST**step) / scale
    return float(theta[0]), theta[1 : 1 + bits], theta[1 + bits :].reshape(bits, RANK)


def predict(
    constant: float, linear: NDArray[np.float64], vectors: NDArray[np.float64], x: NDArray[Any]
) -> NDArray[np.float64]:
    """Return f(x), by the identity 2 sum_{i<j} <v_i, v_j> x_i x_j = |v^T x|^2 - sum |v_i|^2 x_i."""
    pairs = np.sum((x @ vectors) ** 2, axis=1) - x @ np.sum(vectors**2, axis=1)
    return np.asarray(constant + x @ linear + pairs / 2)


def _slope(
    theta: NDArray[np.float64],
    x: NDArray[np.float64],
    scores: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    bits = x.shape[1]
    linear, vectors = theta[1 : 1 + bits], theta[1 + bits :].reshape(bits, RANK)
    errors = weights * (predict(float(theta[0]), linear, vectors, x) - scores) / len(x)
    back = errors @ x
    slope = x.T @ (errors[:, None] * (x @ vectors)) - back[:, None] * vectors
    whole = np.concatenate([[errors.sum()], back, slope.reshape(-1)])
    whole[1:] += _DECAY * theta[1:]
    return whole
