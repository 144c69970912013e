"""Adam (Kingma, Ba 2014, arXiv:1412.6980) on whatever has arithmetic: NumPy, JAX, Torch, TF."""

from typing import Any, NamedTuple

RATE, FIRST, SECOND, SMALL = 0.01, 0.9, 0.999, 1e-8


class Moments(NamedTuple):
    """Its state: running means of gradient and square, and the steps taken."""

    mean: Any
    square: Any
    steps: Any


def start(weights: Any) -> Moments:
    """Return the state before the first step."""
    return Moments(weights * 0, weights * 0, 0)


def adam(weights: Any, gradient: Any, state: Moments) -> tuple[Any, Moments]:
    """Return the next weights and state."""
    steps = state.steps + 1
    mean = FIRST * state.mean + (1 - FIRST) * gradient
    square = SECOND * state.square + (1 - SECOND) * gradient * gradient
    step = (mean / (1 - FIRST**steps)) / ((square / (1 - SECOND**steps)) ** 0.5 + SMALL)
    return weights - RATE * step, Moments(mean, square, steps)
