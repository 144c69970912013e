"""CSV and TSV files, plain or gzipped, with the column names in the first line."""

from pathlib import Path

from qml.data.origin import Origin
from qml.data.readers.arrow import from_arrow
from qml.data.readers.table import Table
from qml.errors import DataError

HEADER_LINES = 1


def read_csv(path: Path) -> Table:
    """Read a CSV file (a TSV file by its suffix).

    Raises:
        DataError: The file is empty, or a line has another number of values than the first.
    """
    import pyarrow as pa
    from pyarrow import csv

    origin = Origin(f"`{path.name}`", first_line=HEADER_LINES + 1)
    tabs = ".tsv" in path.suffixes
    try:
        table = csv.read_csv(path, parse_options=csv.ParseOptions(delimiter="\t" if tabs else ","))
    except (pa.ArrowInvalid, pa.ArrowKeyError, UnicodeDecodeError) as error:
        raise DataError(
            f"{origin.title} cannot be read as {'TSV' if tabs else 'CSV'}: {error}",
            hint="the first line holds the column names, and each line as many values, in UTF-8",
        ) from error
    return from_arrow(table, origin)
