"""Block formats of GGUF files, as llama.cpp defines them."""

from qml.compression.formats.ggml.format import GgmlFormat, GgmlPart
from qml.compression.formats.ggml.types import (
    EVERYDAY,
    NAMED,
    BlockType,
    block_type,
    native,
    writable,
)

__all__ = [
    "EVERYDAY",
    "NAMED",
    "BlockType",
    "GgmlFormat",
    "GgmlPart",
    "block_type",
    "native",
    "writable",
]
