"""Arrow columns as NumPy arrays, for the CSV and the Parquet reader."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.data.origin import Origin
from qml.data.readers.table import Table, check_names


def from_arrow(table: Any, origin: Origin) -> Table:
    """Convert a `pyarrow.Table`; a missing number becomes NaN, a missing text None."""
    check_names(table.column_names, origin)
    columns = {name: _numpy(table.column(name)) for name in table.column_names}
    return Table(columns=columns, origin=origin)


def _numpy(column: Any) -> NDArray[Any]:
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
    if pa.types.is_null(kind):
        return np.full(len(column), np.nan)
    if pa.types.is_decimal(kind):
        column = column.cast(pa.float64())
    array: NDArray[Any] = column.to_numpy()
    return array
