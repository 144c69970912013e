"""Rows of bits without labels: what a generative model learns from."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qml.config.sections.data import DataSection
from qml.data.content import digest_content
from qml.data.dataset import Dataset
from qml.data.load import load
from qml.data.origin import Origin, quoted
from qml.data.readers.files import read_table
from qml.data.select import select_columns
from qml.data.sets import blobs8, ising16, stripes
from qml.errors import DataError
from qml.files import digest_file
from qml.ports import Progress

ROWS = ("row",)
"""The one class of rows that have no labels."""
_KNOWN: Mapping[str, Callable[[], NDArray[np.float64]]] = {
    "blobs8": blobs8.distribution,
    "qml.data.sets.ising16:load": ising16.distribution,
    "qml.data.sets.stripes:load": stripes.distribution,
}
"""Exact distributions, by the name or the entry of the data."""


def load_bits(
    section: DataSection, *, root: Path, environ: Mapping[str, str], progress: Progress
) -> Dataset:
    """Load the rows that `[data]` names; labels, where there are any, are left out.

    Args:
        section: `[data]`; columns of a file are all but `target` and `split`, or `features`.
        root: Project folder; relative paths start here.
        environ: Environment variables.
        progress: Shows a download.

    Returns:
        Features 0 and 1; one class for all rows.

    Raises:
        DataError: A value is neither 0 nor 1, or a key asks for what only a classifier has.
    """
    _refuse_keys(section)
    if section.path is not None and section.name is None and section.entry is None:
        return _from_file(section, root / Path(section.path).expanduser())
    found = load(section, root=root, environ=environ, progress=progress)
    features, names = select_columns(found, section.features)
    return _bits(replace(found, features=features, feature_names=names), Origin("the data"))


def exact_distribution(dataset: Dataset) -> NDArray[np.float64] | None:
    """Return the known probability of every string, shape (2**bits,), or None."""
    origin = dataset.source.get("name") or dataset.source.get("entry")
    known = _KNOWN.get(str(origin))
    found = None if known is None else known()
    return found if found is not None and len(found) == 2 ** dataset.features.shape[1] else None


def _refuse_keys(section: DataSection) -> None:
    if isinstance(section.features, int):
        raise DataError(
            "`data.features` is a number of principal components, and those are no bits",
            hint="list columns, e.g. data.features = ['x0', 'x1'], or leave it out",
        )
    if section.classes is not None:
        raise DataError(
            "`data.classes` chooses labels, and a generative model sees none", hint="leave it out"
        )


def _from_file(section: DataSection, path: Path) -> Dataset:
    table = read_table(path)
    taken = {section.target, section.split}
    chosen = section.features if isinstance(section.features, list) else None
    names = chosen or [name for name in table.names if name not in taken]
    if not names:
        raise DataError(f"{table.origin.title} has no columns of bits")
    features = np.ascontiguousarray(table.features(names))
    split = None if section.split is None else table.column(section.split, key="data.split")
    if split is not None:
        from qml.data.checks import check_split

        split = check_split(split, rows=len(features), origin=table.origin)
    dataset = Dataset(
        features=features,
        labels=np.zeros(len(features), dtype=np.int64),
        classes=ROWS,
        feature_names=tuple(names),
        split=split,
        digest="",
        source={"kind": "path", "path": section.path, "files": {path.name: digest_file(path)}},
    )
    return _bits(dataset, table.origin)


def _bits(dataset: Dataset, origin: Origin) -> Dataset:
    """Check that all is 0 or 1, and forget the labels."""
    values = np.asarray(dataset.features)
    wrong = ~((values == 0) | (values == 1))
    if wrong.any():
        column = int(np.flatnonzero(wrong.any(axis=0))[0])
        rows = np.flatnonzero(wrong[:, column])
        others = [n for n, bad in zip(dataset.feature_names, wrong.any(axis=0), strict=True) if bad]
        raise DataError(
            f"column `{dataset.feature_names[column]}` of {origin.title} is neither 0 nor 1 in"
            f" {origin.rows(rows)}",
            hint="generative models learn bits: cut the values at a threshold first",
            details=f"columns with such values: {quoted(others)}",
        )
    features = values.astype(np.float32)
    labels = np.zeros(len(features), dtype=np.int64)
    return replace(
        dataset,
        features=features,
        labels=labels,
        classes=ROWS,
        digest=digest_content(features, labels, ROWS, split=dataset.split),
    )
