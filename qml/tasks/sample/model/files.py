"""New rows as files."""

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np  # noqa: TID253 - this module loads once a run really starts
from numpy.typing import NDArray  # noqa: TID253 - likewise

from qml.files import write_bytes

FILE = "samples.csv"


def write_rows(path: Path, columns: Sequence[str], rows: NDArray[np.int8]) -> None:
    """Write rows of bits: .csv with a header, or .npz with `features` and `feature_names`.

    Both are files that `data.path` reads.
    """
    if path.suffix == ".npz":
        packed = io.BytesIO()
        np.savez_compressed(packed, features=rows, feature_names=np.array(list(columns)))
        write_bytes(path, packed.getvalue())
        return
    lines = (",".join(map(str, row)) for row in rows.tolist())
    write_bytes(path, "\n".join([",".join(columns), *lines, ""]).encode())


def digest(rows: NDArray[np.int8]) -> str:
    """Return SHA-256 over the rows, a byte for each bit."""
    return hashlib.sha256(np.ascontiguousarray(rows, dtype=np.int8).tobytes()).hexdigest()
