"""The value that every reader yields: features, labels and where they came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.data.checks import check_features, check_split
from qml.data.content import digest_content
from qml.data.labels import encode_labels
from qml.data.origin import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A classification data set in memory.

    Attributes:
        features: float32 or float64, shape (rows, d), finite.
        labels: int64, shape (rows,), positions in `classes`.
        classes: The original labels as strings, in natural order (numbers as numbers).
        feature_names: d names.
        split: `train`, `validation` or `test` for each row, or None where none is given.
        digest: SHA-256 of the content; independent of file format, path and feature names.
        source: What the manifest says of the origin: `kind`, the name, path or entry, and the
            SHA-256 of each file.
    """

    features: NDArray[np.floating]
    labels: NDArray[np.int64]
    classes: tuple[str, ...]
    feature_names: tuple[str, ...]
    split: NDArray[np.str_] | None
    digest: str
    source: Mapping[str, Any]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.labels)


def assemble(
    features: NDArray[Any],
    labels: NDArray[Any],
    *,
    origin: Origin,
    source: Mapping[str, Any],
    feature_names: Sequence[str] | None = None,
    split: NDArray[Any] | None = None,
) -> Dataset:
    """Check raw arrays and make a data set of them.

    Args:
        features: Numbers, shape (rows, ...); further axes are flattened.
        labels: Integers, booleans, text or few distinct floats, shape (rows,).
        origin: What error messages call the data.
        source: See `Dataset.source`.
        feature_names: d names; `x0`, `x1`, ... by default.
        split: `train`, `validation` (or `valid`, `val`) or `test` for each row.

    Raises:
        DataError: Shapes do not fit, a value is missing, not a number or not finite, labels are
            continuous, there is only one class, or a split has another name.
    """
    matrix = check_features(features, feature_names, rows=len(labels), origin=origin)
    codes, classes = encode_labels(labels, origin=origin)
    parts = None if split is None else check_split(split, rows=len(codes), origin=origin)
    names = feature_names or [f"x{column}" for column in range(matrix.shape[1])]
    return Dataset(
        features=matrix,
        labels=codes,
        classes=classes,
        feature_names=tuple(names),
        split=parts,
        digest=digest_content(matrix, codes, classes, split=parts),
        source=dict(source),
    )
