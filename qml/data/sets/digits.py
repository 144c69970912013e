"""`digits`: 1,797 images of handwritten digits, 8x8 pixels, 10 classes; part of scikit-learn.

Alpaydin and Kaynak, "Optical Recognition of Handwritten Digits" (1998), UCI repository; CC BY 4.0.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from qml.config.sections.data import DataSection
from qml.data.dataset import Dataset, assemble
from qml.data.origin import Origin
from qml.ports import Progress


def load_digits(
    section: DataSection, *, root: Path, environ: Mapping[str, str], progress: Progress
) -> Dataset:
    """Load the digits: 64 features, counts of 0 to 16 ink dots each; it has no split of its own."""
    del section, root, environ, progress
    from sklearn import datasets

    pixels, labels = datasets.load_digits(return_X_y=True)
    return assemble(
        np.asarray(pixels, dtype=np.float64),
        np.asarray(labels),
        origin=Origin("`digits`"),
        source={"kind": "name", "name": "digits", "files": {}},
        feature_names=[f"pixel_{row}_{column}" for row in range(8) for column in range(8)],
    )
