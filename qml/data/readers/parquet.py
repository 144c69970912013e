"""Parquet files."""

from pathlib import Path

from qml.data.origin import Origin
from qml.data.readers.arrow import from_arrow
from qml.data.readers.table import Table
from qml.errors import DataError


def read_parquet(path: Path) -> Table:
    """Read a Parquet file.

    Raises:
        DataError: The file is damaged or of another format.
    """
    import pyarrow as pa
    from pyarrow import parquet

    origin = Origin(f"`{path.name}`")
    try:
        table = parquet.ParquetFile(path).read()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise DataError(
            f"{origin.title} cannot be read as Parquet: {error}",
            hint="write it again, e.g. with `pandas.DataFrame.to_parquet`",
        ) from error
    return from_arrow(table, origin)
