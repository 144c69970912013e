"""NPZ archives: one array of features, or one array per column, beside the labels."""

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.data.origin import Origin, quoted
from qml.data.readers.table import Table
from qml.errors import DataError

NAMES = "feature_names"


def read_npz(path: Path) -> Table:
    """Read an NPZ archive; objects that would need pickle are refused.

    The archive holds either one array of shape (rows, ...), whose columns are called `x0`, `x1`,
    ... or as the array `feature_names` says, or arrays of shape (rows,), a column each. Labels
    and splits are arrays of shape (rows,).

    Raises:
        DataError: The archive is damaged, holds pickled objects, or arrays of other shapes.
    """
    origin = Origin(f"`{path.name}`")
    arrays = _read(path, origin)
    names = arrays.pop(NAMES, None)
    wide = [name for name, array in arrays.items() if array.ndim > 1]
    if len(wide) > 1:
        raise DataError(
            f"{origin.title} holds more than one array of features: {quoted(wide)}",
            hint="keep one array of shape (rows, columns), or one array per column",
        )
    columns = {name: array for name, array in arrays.items() if array.ndim == 1}
    matrix = _flat(arrays[wide[0]], origin) if wide else None
    if matrix is not None:
        columns |= _columns(matrix, names, columns, origin)
    _check_lengths(columns, origin)
    return Table(columns=columns, origin=origin, matrix=matrix)


def _read(path: Path, origin: Origin) -> dict[str, NDArray[Any]]:
    if not zipfile.is_zipfile(path):
        raise _damaged(origin, "it is not a zip archive, or cut short")
    try:
        # opened here, since numpy leaves a damaged file open
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except ValueError as error:
        if "allow_pickle" not in str(error):
            raise _damaged(origin, str(error)) from error
        raise DataError(
            f"{origin.title} holds pickled objects, which can run code when read",
            hint="store numbers and text only, e.g. `labels.astype(str)`",
        ) from error
    except (zipfile.BadZipFile, zlib.error, OSError) as error:
        raise _damaged(origin, str(error)) from error


def _damaged(origin: Origin, reason: str) -> DataError:
    return DataError(
        f"{origin.title} cannot be read as NPZ: {reason}", hint="write it with `numpy.savez`"
    )


def _flat(array: NDArray[Any], origin: Origin) -> NDArray[Any]:
    if array.dtype.kind not in "fiub":
        raise DataError(f"the features of {origin.title} have dtype {array.dtype}, not numbers")
    return array.reshape(len(array), -1)


def _columns(
    matrix: NDArray[Any],
    names: NDArray[Any] | None,
    others: Mapping[str, NDArray[Any]],
    origin: Origin,
) -> dict[str, NDArray[Any]]:
    width = matrix.shape[1]
    titles = [f"x{i}" for i in range(width)] if names is None else [str(n) for n in names.ravel()]
    if len(set(titles)) != width or set(titles) & set(others):
        raise DataError(
            f"`{NAMES}` of {origin.title} does not give {width} different names",
            hint="one name for each column, none of them a label's or split's",
        )
    return {title: matrix[:, column] for column, title in enumerate(titles)}


def _check_lengths(columns: Mapping[str, NDArray[Any]], origin: Origin) -> None:
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"`{name}` {length}" for name, length in list(lengths.items())[:6])
        raise DataError(f"the arrays of {origin.title} differ in length: {told}")
