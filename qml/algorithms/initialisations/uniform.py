"""Uniform initialisation on [0, 2 pi): the textbook choice, with barren plateaus."""

import numpy as np
from numpy.typing import NDArray


def draw(shape: tuple[int, ...], *, layers: int, locality: int, seed: int) -> NDArray[np.float64]:
    """Draw the weights; `layers` and `locality` play no part."""
    del layers, locality
    return np.random.default_rng(seed).uniform(0.0, 2 * np.pi, shape)
