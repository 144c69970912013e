"""What must hold before anything is trained: shapes, types, finite numbers, known splits."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.data.blocks import blocks
from qml.data.origin import Origin, quoted
from qml.errors import DataError

SPLITS = {
    "train": "train",
    "validation": "validation",
    "valid": "validation",
    "val": "validation",
    "test": "test",
}


def check_features(
    features: NDArray[Any], names: Sequence[str] | None, *, rows: int, origin: Origin
) -> NDArray[np.floating]:
    """Return features as finite floats of shape (rows, d); float32 stays float32.

    Raises:
        DataError: No rows or columns, shapes that do not fit, not numbers, NaN or infinite.
    """
    if features.ndim < 2:  # noqa: PLR2004 - rows and columns
        raise DataError(
            f"the features of {origin.title} have shape {features.shape}, not (rows, columns)",
            hint="for a single feature reshape them with `features[:, None]`",
        )
    if len(features) != rows:
        raise DataError(f"{origin.title} has {len(features)} rows of features but {rows} labels")
    if features.size == 0:
        raise DataError(
            f"{origin.title} has {rows} rows and {features.shape[1]} feature columns",
            hint="check the file, `data.target` and `data.features`",
        )
    matrix = as_floats(features.reshape(rows, -1), origin=origin)
    if names is not None and len(names) != matrix.shape[1]:
        raise DataError(f"{origin.title} has {matrix.shape[1]} columns but {len(names)} names")
    check_finite(matrix, names, origin=origin)
    return matrix


def as_floats(values: NDArray[Any], *, origin: Origin) -> NDArray[np.floating]:
    """Convert numbers to float64, keeping float32.

    Raises:
        DataError: The values are not real numbers.
    """
    if values.dtype.kind not in "fiub":
        raise DataError(
            f"the features of {origin.title} have dtype {values.dtype}, not numbers",
            hint="encode text as numbers first, or leave the column out of `data.features`",
        )
    wanted = np.float32 if values.dtype in (np.float16, np.float32) else np.float64
    return np.ascontiguousarray(values, dtype=wanted)


def check_finite(
    matrix: NDArray[np.floating], names: Sequence[str] | None, *, origin: Origin
) -> None:
    """Refuse NaN and infinity, naming the first column that has them and its rows."""
    if not all(np.isfinite(block).all() for block in blocks(matrix)):
        raise _not_finite(matrix, names, origin)


def _not_finite(
    matrix: NDArray[np.floating], names: Sequence[str] | None, origin: Origin
) -> DataError:
    bad = ~np.isfinite(matrix)
    columns = np.flatnonzero(bad.any(axis=0))
    column = int(columns[0])
    rows = np.flatnonzero(bad[:, column])
    kind = "infinite" if np.isinf(matrix[rows, column]).all() else "missing or not finite"
    title = f"`{names[column]}`" if names else str(column)
    others = [names[i] if names else str(i) for i in columns[1:]]
    return DataError(
        f"column {title} of {origin.title} is {kind} in {origin.rows(rows)}",
        hint="fill these values or drop these rows, or leave the column out of `data.features`",
        details=f"also in columns {quoted(others)}" if others else None,
    )


def check_split(split: NDArray[Any], *, rows: int, origin: Origin) -> NDArray[np.str_]:
    """Return `train`, `validation` or `test` for each row.

    Raises:
        DataError: Another value, a missing one, or no training or test rows.
    """
    if split.shape != (rows,):
        raise DataError(f"the split of {origin.title} has shape {split.shape}, not ({rows},)")
    values = np.asarray(["" if value is None else str(value) for value in split.tolist()])
    distinct, inverse = np.unique(values, return_inverse=True)
    unknown = [value for value in distinct.tolist() if value not in SPLITS]
    if unknown:
        where = np.flatnonzero(values == unknown[0])
        raise DataError(
            f"the split of {origin.title} is `{unknown[0]}` in {origin.rows(where)}",
            hint="each row must say `train`, `validation` (or `valid`, `val`) or `test`",
        )
    parts = np.asarray([SPLITS[value] for value in distinct.tolist()], dtype="<U10")
    for needed in ("train", "test"):
        if needed not in parts:
            raise DataError(
                f"the split of {origin.title} has no `{needed}` rows",
                hint="add them, or leave `data.split` out to have the rows split at random",
            )
    return parts[inverse]
