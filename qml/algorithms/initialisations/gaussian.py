"""Gaussian initialisation with a variance that keeps gradients alive.

Zhang, Liu, Hsieh and Tao, NeurIPS 2022, arXiv:2203.09376: variance 1 / (4 S (L + 2)) for
observables on S
qubits and L layers.
"""

import numpy as np
from numpy.typing import NDArray


def draw(shape: tuple[int, ...], *, layers: int, locality: int, seed: int) -> NDArray[np.float64]:
    """Draw the weights.

    Args:
        shape: Shape of the weights.
        layers: L.
        locality: S, the most qubits that one observable touches.
        seed: Seed of the draw.
    """
    deviation = (4 * max(locality, 1) * (layers + 2)) ** -0.5
    return np.random.default_rng(seed).normal(0.0, deviation, shape)
