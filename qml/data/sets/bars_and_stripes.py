"""`bars_and_stripes`: square images of columns (-1) or rows (1) of bright pixels, with noise.

MacKay, "Information Theory, Inference, and Learning Algorithms" (2003), chapter 43, with the
Gaussian noise and the draws of Bowles, Ahmed and Schuld (2024), arXiv:2403.07059.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from qml.config.sections.data import DataSection
from qml.data.dataset import Dataset
from qml.data.sets.options import Setting, read_options
from qml.data.sets.series import Drawn, dataset
from qml.ports import Progress

SETTINGS = {
    "size": Setting(default=4, least=2, most=1_000),
    "noise": Setting(default=0.5, whole=False),
    "train": Setting(default=1000, least=10, most=1_000_000),
    "test": Setting(default=200, least=10, most=1_000_000),
    "seed": Setting(default=42, most=2**32 - 1),
}


def load_bars_and_stripes(
    section: DataSection, *, root: Path, environ: Mapping[str, str], progress: Progress
) -> Dataset:
    """Draw it; options `size`, `noise`, `train` and `test` (rows), and `seed`.

    Raises:
        ConfigError: An option is unknown or out of range.
    """
    del root, environ, progress
    given = read_options(section, SETTINGS)
    random = np.random.RandomState(given["seed"])
    rows = given["train"] + given["test"]
    features, labels = draw(rows, given["size"], given["noise"], random)
    return dataset("bars_and_stripes", features, labels, given["train"], given)


def draw(rows: int, size: int, noise: float, random: np.random.RandomState) -> Drawn:
    """Draw images one by one: which kind, which lines are bright, the noise; (rows, size**2)."""
    images = np.full((rows, size, size), -1.0)
    labels = np.empty(rows, dtype=np.int64)
    for row in range(rows):
        horizontal = random.rand() > 0.5  # noqa: PLR2004 - a fair coin
        bright = random.rand(size) > 0.5  # noqa: PLR2004 - one for each line
        lines = images[row] if horizontal else images[row].T
        lines[bright] = 1.0
        labels[row] = 1 if horizontal else -1
        images[row] += random.normal(0, noise, (size, size))
    return images.reshape(rows, -1), labels
