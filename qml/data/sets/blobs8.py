"""`blobs8`: eight centres of 16 bits, each bit of a row flipped with probability 0.05.

The centres are the first draw of `numpy.random.default_rng(0)`; then come the rows, blob by blob
chosen uniformly: 5,000 to train on and 10,000 to test. The exact distribution is known, so that
generative models can be held against it. After the binary blobs of Recio-Armengol et al. (2025),
arXiv:2503.02934.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qml.config.sections.data import DataSection
from qml.data.dataset import Dataset, assemble
from qml.data.origin import Origin
from qml.data.sets.options import refuse_options
from qml.ports import Progress

BITS, BLOBS, FLIP = 16, 8, 0.05
TRAIN, TEST = 5_000, 10_000


def load_blobs8(
    section: DataSection, *, root: Path, environ: Mapping[str, str], progress: Progress
) -> Dataset:
    """Make the rows: 16 features that are 0 or 1, labelled by their blob, with a split."""
    refuse_options(section)
    del root, environ, progress
    random = np.random.default_rng(0)
    centres = _centres(random)
    blobs = random.integers(0, BLOBS, TRAIN + TEST)
    rows = centres[blobs] ^ (random.random((TRAIN + TEST, BITS)) < FLIP)
    return assemble(
        rows.astype(np.float32),
        blobs,
        origin=Origin("`blobs8`"),
        source={"kind": "name", "name": "blobs8", "files": {}},
        feature_names=[f"bit_{i}" for i in range(BITS)],
        split=np.repeat(["train", "test"], [TRAIN, TEST]),
    )


def distribution() -> NDArray[np.float64]:
    """Return the exact probability of every string, shape (65536,), bit 0 most significant."""
    centres = _centres(np.random.default_rng(0))
    places = 1 << np.arange(BITS - 1, -1, -1)
    apart = np.bitwise_count(np.arange(2**BITS)[:, None] ^ (centres @ places)[None, :])
    found: NDArray[np.float64] = (FLIP**apart * (1 - FLIP) ** (BITS - apart)).mean(axis=1)
    return found


def _centres(random: np.random.Generator) -> NDArray[np.int64]:
    return random.integers(0, 2, (BLOBS, BITS))
