"""A data file by its suffix, and the columns that the configuration names."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qml.config.sections.data import DataSection
from qml.data.checks import check_features
from qml.data.dataset import Dataset, assemble
from qml.data.origin import quoted, suggestion
from qml.data.readers.csv import read_csv
from qml.data.readers.npz import read_npz
from qml.data.readers.parquet import read_parquet
from qml.data.readers.table import Table
from qml.errors import DataError
from qml.files import digest_file

READERS: dict[str, Callable[[Path], Table]] = {
    ".csv": read_csv,
    ".csv.gz": read_csv,
    ".tsv": read_csv,
    ".tsv.gz": read_csv,
    ".parquet": read_parquet,
    ".pq": read_parquet,
    ".npz": read_npz,
}


def read_table(path: Path) -> Table:
    """Read a file of any known format.

    Raises:
        DataError: It is missing, empty, or of an unknown format.
    """
    if not path.is_file():
        raise _missing(path)
    if path.stat().st_size == 0:
        raise DataError(f"`{path.name}` is empty", hint="it must hold column names and rows")
    found = [suffix for suffix in READERS if path.name.lower().endswith(suffix)]
    if not found:
        raise DataError(
            f"`{path.name}` is of an unknown format", hint=f"known: {', '.join(READERS)}"
        )
    return READERS[found[0]](path)


def load_file(section: DataSection, path: Path) -> Dataset:
    """Load the data set that `data.path`, `data.target`, `data.split`, `data.features` describe.

    Raises:
        DataError: See `assemble` and `read_table`.
    """
    table = read_table(path)
    labels = table.column(section.target, key="data.target")
    split = None if section.split is None else table.column(section.split, key="data.split")
    names = feature_columns(section, table)
    return assemble(
        table.features(names),
        labels,
        origin=table.origin,
        source={
            "kind": "path",
            "path": section.path,
            "target": section.target,
            "files": {path.name: digest_file(path)},
        },
        feature_names=names,
        split=split,
    )


def feature_columns(section: DataSection, table: Table) -> list[str]:
    """Return the columns that `data.features` lists, else all but label and split.

    Raises:
        DataError: There is none, or the label or the split is listed as a feature.
    """
    taken = {section.target, section.split}
    if not isinstance(section.features, list):
        rest = [name for name in table.names if name not in taken]
        if rest:
            return rest
        raise DataError(
            f"{table.origin.title} has no feature columns beside `{section.target}`",
            hint=f"columns: {quoted(table.names)}",
        )
    wrong = [name for name in section.features if name in taken]
    if wrong:
        raise DataError(
            f"`data.features` lists `{wrong[0]}`, which holds the labels or the split",
            hint="a model that sees its label learns nothing",
        )
    return section.features


def read_features(path: Path, feature_names: Sequence[str]) -> NDArray[np.floating]:
    """Read features of new rows, for a prediction; further columns do not matter.

    Args:
        path: CSV, Parquet or NPZ file.
        feature_names: Columns in the order that the model was trained with. An NPZ array without
            names fits by position if it has as many columns.

    Returns:
        Finite floats, shape (rows, len(feature_names)).

    Raises:
        DataError: Columns are missing, not numeric or not finite.
    """
    table = read_table(path)
    if table.matrix is not None and table.matrix.shape[1] == len(feature_names):
        raw = table.matrix
    else:
        raw = table.features(feature_names)
    return check_features(raw, feature_names, rows=len(raw), origin=table.origin)


def _missing(path: Path) -> DataError:
    folder = path.parent
    if not folder.is_dir():
        return DataError(f"`{path}` does not exist", hint=f"there is no folder `{folder}`")
    known = sorted(file.name for file in folder.iterdir() if file.is_file())
    return DataError(
        f"`{path}` does not exist",
        hint=suggestion(path.name, known) + "`data.path` is relative to the project folder",
    )
