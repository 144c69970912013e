"""Matrices to blocks and back: by the engine's library where it can, else by the package gguf."""

import ctypes
from typing import TYPE_CHECKING, Any

import numpy as np

from qml.compression.formats.ggml.types import BlockType, native
from qml.compression.llama import library

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FLOATS = ctypes.POINTER(ctypes.c_float)
_LONG = ctypes.c_int64


def encode(
    kind: BlockType, weight: "NDArray[np.float32]", importance: "NDArray[np.float32] | None"
) -> "NDArray[np.uint8]":
    """Store a matrix.

    Args:
        kind: The format; its block divides the columns.
        weight: Shape (rows, columns), float32, contiguous.
        importance: Weight of the squared error of each column, shape (columns,), or None. Used by
            the engine's library alone; the package `gguf` rounds to nearest.

    Returns:
        Blocks, shape (rows, bytes of a row), uint8.
    """
    if kind.name in ("F16", "F32"):
        values = weight.astype(np.float16 if kind.name == "F16" else np.float32)
        return np.ascontiguousarray(values).view(np.uint8)
    if native():
        return _by_library(kind, weight, importance)
    from gguf import GGMLQuantizationType, quants

    found = quants.quantize(weight, GGMLQuantizationType(kind.number))
    return np.ascontiguousarray(found)


def decode(kind: BlockType, blocks: "NDArray[np.uint8]") -> "NDArray[np.float32]":
    """Read blocks back, shape (rows, columns), float32."""
    if kind.name in ("F16", "F32"):
        values = np.ascontiguousarray(blocks).view(np.float16 if kind.name == "F16" else np.float32)
        return values.astype(np.float32)
    symbol = f"dequantize_row_{_spelling(kind.name)}"
    if library.has(symbol):
        rows, columns = len(blocks), blocks.shape[1] // kind.bytes * kind.block
        found = np.empty((rows, columns), np.float32)
        read = library.function(symbol, None, (ctypes.c_void_p, _FLOATS, _LONG))
        source = np.ascontiguousarray(blocks)
        read(source.ctypes.data, found.ctypes.data_as(_FLOATS), found.size)
        return found
    from gguf import GGMLQuantizationType, quants

    return np.asarray(quants.dequantize(blocks, GGMLQuantizationType(kind.number)), np.float32)


def _by_library(
    kind: BlockType, weight: "NDArray[np.float32]", importance: "NDArray[np.float32] | None"
) -> "NDArray[np.uint8]":
    rows, columns = weight.shape
    needs = library.function("ggml_quantize_requires_imatrix", ctypes.c_bool, (ctypes.c_int,))
    if importance is None and needs(kind.number):
        importance = np.ones(columns, np.float32)  # the plain squared error
    found = np.empty((rows, columns // kind.block * kind.bytes), np.uint8)
    source: Any = np.ascontiguousarray(weight, np.float32)
    matter: Any = None if importance is None else np.ascontiguousarray(importance, np.float32)
    write = library.function(
        "ggml_quantize_chunk",
        ctypes.c_size_t,
        (ctypes.c_int, _FLOATS, ctypes.c_void_p, _LONG, _LONG, _LONG, _FLOATS),
    )
    size = write(
        kind.number,
        source.ctypes.data_as(_FLOATS),
        found.ctypes.data,
        0,
        rows,
        columns,
        None if matter is None else matter.ctypes.data_as(_FLOATS),
    )
    assert size == found.size, f"{kind.name}: {size} bytes instead of {found.size}"
    return found


def _spelling(name: str) -> str:
    """Return a format as its C functions spell it: lower case, but a capital K."""
    return name.lower().replace("_k", "_K")
