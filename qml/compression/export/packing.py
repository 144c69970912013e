"""Codes of 1 to 8 bits without gaps between them.

Code i of width b takes the bits i*b to i*b + b - 1 of the stream, its lowest bit first; bit j of
the stream is bit j % 8 of byte j // 8. Zeros fill the last byte.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BYTE = 8
_PIECE = 2**20
"""Codes at a time; a multiple of 8, so that every piece ends with a whole byte."""


def packed_size(count: int, width: int) -> int:
    """Return what packed codes take (bytes)."""
    return -(-count * width // _BYTE)


def pack(codes: "NDArray[np.uint8]", width: int) -> "NDArray[np.uint8]":
    """Pack codes.

    Args:
        codes: Below 2^width, uint8, any shape; read in C order.
        width: 1 to 8 (bits).

    Returns:
        The stream, uint8, shape (packed_size,).
    """
    flat = np.ascontiguousarray(codes).reshape(-1)
    pieces = [_pack(flat[i : i + _PIECE], width) for i in range(0, len(flat), _PIECE)]
    return np.concatenate(pieces) if pieces else np.empty(0, np.uint8)


def unpack(stream: "NDArray[np.uint8]", width: int, count: int) -> "NDArray[np.uint8]":
    """Return codes from a stream.

    Args:
        stream: uint8, shape (packed_size(count, width),).
        width: 1 to 8 (bits).
        count: Codes.

    Returns:
        uint8, shape (count,).
    """
    step = _PIECE * width // _BYTE
    starts = range(0, len(stream), step)
    pieces = [_unpack(stream[i : i + step], width) for i in starts]
    return np.concatenate(pieces)[:count] if pieces else np.empty(0, np.uint8)


def _pack(codes: "NDArray[np.uint8]", width: int) -> "NDArray[np.uint8]":
    bits = np.unpackbits(codes[:, None], axis=1, bitorder="little")[:, :width]
    return np.packbits(bits, axis=None, bitorder="little")


def _unpack(stream: "NDArray[np.uint8]", width: int) -> "NDArray[np.uint8]":
    bits = np.unpackbits(stream, bitorder="little")
    rows = bits[: len(bits) // width * width].reshape(-1, width)
    return np.packbits(rows, axis=1, bitorder="little")[:, 0]
