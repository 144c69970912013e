"""Labels of any type become positions in a list of class names."""

import math
import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.data.origin import Origin
from qml.errors import DataError

MOST_FLOAT_CLASSES = 20


def encode_labels(
    values: NDArray[Any], *, origin: Origin
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Turn labels into codes.

    Args:
        values: Shape (rows,): integers, booleans, text, or floats with few distinct values.
        origin: What error messages call the data.

    Returns:
        Codes int64 of shape (rows,), and the class names they point at, in natural order.

    Raises:
        DataError: Labels are missing, continuous, of an odd type or shape, or all the same.
    """
    if values.ndim != 1:
        raise DataError(
            f"the labels of {origin.title} have shape {values.shape}, not (rows,)",
            hint="for one-hot labels use `labels.argmax(axis=1)`",
        )
    _refuse_missing(values, origin)
    distinct, inverse = np.unique(_comparable(values, origin), return_inverse=True)
    _refuse_continuous(distinct, len(values), origin)
    names = [class_name(value) for value in distinct.tolist()]
    order = sorted(range(len(names)), key=lambda position: natural(names[position]))
    if len(names) < 2:  # noqa: PLR2004 - a classifier tells two things apart
        raise DataError(
            f"{origin.title} has only one class, `{names[0]}`" if names else "there are no rows",
            hint="a classifier needs at least two; check `data.target`",
        )
    codes = np.empty(len(names), dtype=np.int64)
    codes[order] = np.arange(len(names))
    return codes[inverse], tuple(names[position] for position in order)


def class_name(value: Any) -> str:
    """Name a label the same whatever the file format: `1`, `1.0` and `"1"` are one class."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def natural(name: str) -> tuple[int, float, list[tuple[int, str]]]:
    """Sort key: numbers by value, then text with the numbers inside it by value."""
    try:
        return (0, float(name), [])
    except ValueError:
        parts = re.split(r"(\d+)", name)
        return (1, 0.0, [(int(part) if part.isdecimal() else 0, part) for part in parts])


def _comparable(values: NDArray[Any], origin: Origin) -> NDArray[Any]:
    if values.dtype.kind in "biufU":
        return values
    plain = [value.item() if isinstance(value, np.generic) else value for value in values.tolist()]
    kinds = {type(value) for value in plain}
    if kinds <= {str} or kinds <= {bool} or kinds <= {int, float}:
        return np.asarray(plain)
    named = ", ".join(sorted(kind.__name__ for kind in kinds))
    raise DataError(
        f"the labels of {origin.title} are of type {named}",
        hint="labels must be integers, booleans or text",
    )


def _refuse_missing(values: NDArray[Any], origin: Origin) -> None:
    if values.dtype.kind == "f":
        missing = ~np.isfinite(values)
    elif values.dtype.kind == "O":
        missing = np.asarray([_is_missing(value) for value in values.tolist()], dtype=bool)
    else:
        missing = np.zeros(0, dtype=bool) if values.dtype.kind != "U" else values == ""
    if missing.any():
        raise DataError(
            f"the label is missing in {origin.rows(np.flatnonzero(missing))} of {origin.title}",
            hint="fill these labels or drop these rows",
        )


def _is_missing(value: Any) -> bool:
    if isinstance(value, float):
        return not math.isfinite(value)
    return value is None or (isinstance(value, str) and not value)


def _refuse_continuous(distinct: NDArray[Any], rows: int, origin: Origin) -> None:
    if distinct.dtype.kind != "f" or np.all(distinct == np.floor(distinct)):
        return
    if len(distinct) > min(MOST_FLOAT_CLASSES, rows // 2):
        raise DataError(
            f"the labels of {origin.title} look continuous: {len(distinct)} distinct numbers"
            f" in {rows} rows, e.g. {distinct[0]:g} and {distinct[1]:g}",
            hint="qml trains classifiers: name a column of classes in `data.target`,"
            " or cut the numbers into bins",
        )
