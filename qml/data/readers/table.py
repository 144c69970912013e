"""Named columns, as a file holds them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.data.columns import check_columns, repeated
from qml.data.origin import Origin, quoted, suggestion
from qml.errors import DataError


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns of equal length.

    Attributes:
        columns: Array of shape (rows,) by column name, in the order of the file.
        matrix: A two-dimensional array whose columns are the last ones of `columns`, where the
            file holds one (saves a slow gather), else None.
        origin: What error messages call the file.
    """

    columns: Mapping[str, NDArray[Any]]
    origin: Origin
    matrix: NDArray[Any] | None = None

    @property
    def names(self) -> list[str]:
        """Names of all columns."""
        return list(self.columns)

    def column(self, name: str, *, key: str) -> NDArray[Any]:
        """Return one column.

        Args:
            name: Its name.
            key: Configuration key that named it, for the error's hint.

        Raises:
            DataError: The file has no such column.
        """
        if name not in self.columns:
            raise DataError(
                f"{self.origin.title} has no column `{name}` (`{key}`)",
                hint=suggestion(name, self.names)
                + f"columns: {quoted(self.names)}"
                + _header_hint(self.names),
            )
        return self.columns[name]

    def features(self, names: Sequence[str]) -> NDArray[Any]:
        """Return columns as one array of numbers, shape (rows, len(names)).

        Raises:
            DataError: Columns are missing, listed twice or not numbers.
        """
        check_columns(names, self.names, title=self.origin.title)
        if self.matrix is not None and list(names) == self.names[-self.matrix.shape[1] :]:
            return self.matrix
        for name in names:
            _refuse_text(name, self.columns[name], self.origin)
        chosen = [self.columns[name] for name in names]
        return np.stack(chosen, axis=1)


def check_names(names: Sequence[str], origin: Origin) -> None:
    """Refuse duplicate column names, and columns without a name."""
    if "" in names:
        raise DataError(
            f"column {list(names).index('') + 1} of {origin.title} has no name",
            hint="name it in the first line; pandas writes such a column of row numbers"
            " unless told `index=False`",
        )
    twice = repeated(names)
    if twice:
        raise DataError(
            f"{origin.title} has more than one column named {quoted(twice)}",
            hint="rename them, so that each column has a name of its own",
        )


def _header_hint(names: Sequence[str]) -> str:
    if names and all(_is_number(name) for name in names):
        return "; the first line of the file must hold the column names"
    if len(names) == 1 and any(mark in names[0] for mark in ";\t|"):
        return "; values must be parted by commas (or by tabs in a .tsv file)"
    return ""


def _refuse_text(name: str, column: NDArray[Any], origin: Origin) -> None:
    if column.dtype.kind in "fiub":
        return
    bad = np.flatnonzero([not _is_number(value) for value in column.tolist()])
    example = f": `{column[bad[0]]}` in {origin.rows(bad)}" if len(bad) else ""
    raise DataError(
        f"column `{name}` of {origin.title} is not numeric{example}",
        hint="encode it as numbers, or choose other columns with `data.features`",
    )


def _is_number(value: Any) -> bool:
    if value is None:
        return True
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True
