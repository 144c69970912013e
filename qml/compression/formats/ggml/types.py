"""Block formats of GGUF: ids, sizes, and what can be written and read here.

A row is cut into blocks; each has its own scales. Sizes and ids are those of the package `gguf`.
"""

from functools import cache
from typing import NamedTuple

from qml.compression.llama import library
from qml.errors import MissingExtraError

EVERYDAY = (
    "Q2_K",
    "Q3_K",
    "IQ4_XS",
    "MXFP4",
    "Q4_K",
    "Q4_0",
    "IQ4_NL",
    "Q4_1",
    "Q5_K",
    "Q5_0",
    "Q5_1",
    "Q6_K",
    "Q8_0",
    "F16",
)
"""On offer where none is named; the others only by name: they are slow to write or very coarse."""

NAMED = ("IQ1_S", "IQ1_M", "IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ3_XXS", "IQ3_S", "TQ1_0", "TQ2_0")
_PLAIN = ("F16", "F32")
_BY_GGUF = ("Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "MXFP4", "TQ1_0", "TQ2_0")
"""What the package `gguf` writes by itself, without the engine's library."""

_WRITER, _READER = "ggml_quantize_chunk", "ggml_quantize_requires_imatrix"


class BlockType(NamedTuple):
    """A block format.

    Attributes:
        name: As llama.cpp spells it, e.g. `Q4_0`.
        number: Its id in GGUF files.
        block: Weights of a block.
        bytes: Bytes of a block.
    """

    name: str
    number: int
    block: int
    bytes: int

    @property
    def width(self) -> float:
        """Bits per weight, scales included."""
        return 8 * self.bytes / self.block


@cache
def block_type(name: str) -> BlockType:
    """Return a format by its name.

    Raises:
        KeyError: GGUF has none of this name.
        MissingExtraError: The package `gguf` is not installed.
    """
    try:
        from gguf import GGML_QUANT_SIZES, GGMLQuantizationType
    except ImportError as error:
        raise MissingExtraError("gguf", extra="llm") from error
    kind = GGMLQuantizationType[name]
    return BlockType(name, int(kind), *GGML_QUANT_SIZES[kind])


def native() -> bool:
    """Whether the engine's library writes block formats."""
    return library.has(_WRITER, _READER)


def writable(name: str) -> bool:
    """Whether matrices can be stored in a format here and now."""
    return name in _PLAIN or name in _BY_GGUF or native()
