"""`digits`: 1,797 images of handwritten digits, 8x8 pixels, 10 classes; part of scikit-learn.

Alpaydin and Kaynak, "Optical Recognition of Handwritten Digits" (1998), UCI repository; CC BY 4.0.
"""

import gzip
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from qml.config.sections.data import DataSection
from qml.data.dataset import Dataset, assemble
from qml.data.origin import Origin
from qml.data.sets.options import refuse_options
from qml.errors import DataError
from qml.files import digest_file
from qml.ports import Progress


def load_digits(
    section: DataSection, *, root: Path, environ: Mapping[str, str], progress: Progress
) -> Dataset:
    """Load the digits: 64 features, counts of 0 to 16 ink dots each; it has no split of its own.

    The file is read from scikit-learn's folder, since to import scikit-learn takes seconds that
    the start of a training should not wait for.

    Raises:
        DataError: scikit-learn's folder lacks the file.
    """
    refuse_options(section)
    del root, environ, progress
    path = _path()
    with gzip.open(path, "rt", encoding="ascii") as stream:
        table = np.loadtxt(stream, delimiter=",")
    return assemble(
        table[:, :-1],
        table[:, -1].astype(np.int64),
        origin=Origin("`digits`"),
        source={"kind": "name", "name": "digits", "files": {path.name: digest_file(path)}},
        feature_names=[f"pixel_{row}_{column}" for row in range(8) for column in range(8)],
    )


def _path() -> Path:
    spec = find_spec("sklearn")
    folders = list(spec.submodule_search_locations or []) if spec else []
    for folder in folders:
        path = Path(folder) / "datasets" / "data" / "digits.csv.gz"
        if path.is_file():
            return path
    raise DataError(
        "`digits` is not where scikit-learn keeps it (datasets/data/digits.csv.gz)",
        hint="reinstall scikit-learn: pip install --force-reinstall 'scikit-learn>=1.9'",
    )
