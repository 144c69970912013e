"""IDX files, the format of the MNIST family: a header of big-endian integers, then bytes."""

import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qml.errors import DataError

UNSIGNED_BYTE = 0x08
GZIP = 31  # window bits that make zlib expect a gzip header


def read_idx(path: Path) -> NDArray[np.uint8]:
    """Read a gzipped IDX file of unsigned bytes.

    Returns:
        uint8, of the shape that the header gives.

    Raises:
        DataError: The file is damaged, or holds another type than unsigned bytes.
    """
    try:
        data = zlib.decompress(path.read_bytes(), wbits=GZIP, bufsize=1 << 23)
    except zlib.error as error:
        raise DataError(f"`{path}` is not a whole gzip file: {error}") from error
    return parse_idx(data, str(path))


def parse_idx(data: bytes, title: str) -> NDArray[np.uint8]:
    """Parse the content of an IDX file.

    Args:
        data: Two zero bytes, the type, the number of axes, each axis' length (4 bytes), values.
        title: What errors call it.

    Raises:
        DataError: The header or the length is wrong.
    """
    if len(data) < 4 or data[:2] != b"\0\0" or data[2] != UNSIGNED_BYTE:  # noqa: PLR2004 - the magic number
        raise DataError(f"`{title}` is not an IDX file of unsigned bytes")
    start = 4 + 4 * data[3]
    if len(data) < start:
        raise DataError(f"`{title}` ends within its header")
    shape = tuple(int(length) for length in np.frombuffer(data, ">u4", count=data[3], offset=4))
    if len(data) - start != int(np.prod(shape)):
        raise DataError(f"`{title}` holds {len(data) - start} values where its header says {shape}")
    return np.frombuffer(data, dtype=np.uint8, offset=start).reshape(shape)
