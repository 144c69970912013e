"""The data: two clouds of points in the plane, one for each class."""

import numpy as np

ROWS = 40
CENTRE = 0.5  # the clouds lie at (CENTRE, CENTRE) and opposite
SPREAD = 0.3
SEED = 1


def load():
    """Return features of shape (ROWS, 2) and labels of shape (ROWS,)."""
    generator = np.random.default_rng(SEED)
    labels = np.arange(ROWS) % 2
    centres = CENTRE * (2 * labels - 1)
    return centres[:, None] + generator.normal(scale=SPREAD, size=(ROWS, 2)), labels
