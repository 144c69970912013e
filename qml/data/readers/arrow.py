"""Arrow columns as NumPy arrays, for the CSV and the Parquet reader."""

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.data.origin import Origin
from qml.data.readers.table import Table, check_names

PANDAS_INDEX = re.compile(r"__index_level_\d+__")


def from_arrow(table: Any, origin: Origin) -> Table:
    """Convert a `pyarrow.Table`; a missing number becomes NaN, a missing text None.

    Row numbers that pandas stored beside the columns are no feature and are left out.
    """
    names = [name for name in table.column_names if not PANDAS_INDEX.fullmatch(name)]
    check_names(names, origin)
    columns = {name: _numpy(table.column(name)) for name in names}
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
