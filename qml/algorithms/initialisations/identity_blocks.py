"""Identity blocks: every second layer undoes the one before, so training starts at the identity.

Grant, Wossnig, Ostaszewski and Benedetti, Quantum 3, 214 (2019), arXiv:1903.05076. The circuit is
built with
mirrored layers (odd layers are adjoints), so equal weights in a pair cancel exactly.
"""

import numpy as np
from numpy.typing import NDArray


def draw(shape: tuple[int, ...], *, layers: int, locality: int, seed: int) -> NDArray[np.float64]:
    """Draw uniform weights and repeat each layer's for its mirror image.

    Args:
        shape: Shape of the weights; the first axis counts the layers.
        layers: Number of layers; an odd last one stays on its own and starts at zero.
        locality: Plays no part.
        seed: Seed of the draw.
    """
    del locality
    weights = np.random.default_rng(seed).uniform(0.0, 2 * np.pi, shape)
    pairs = layers // 2
    weights[1 : 2 * pairs : 2] = weights[0 : 2 * pairs : 2]
    weights[2 * pairs :] = 0.0
    return weights
