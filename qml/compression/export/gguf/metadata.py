"""Keys and values at the head of a GGUF file: copied from a source, or made; and their size."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from gguf import GGUFReader, GGUFWriter

FILE_TYPE = "general.file_type"
ARCHITECTURE = "general.architecture"
VERSION = "general.quantization_version"
_OURS = frozenset({FILE_TYPE, ARCHITECTURE, VERSION})
"""Set anew: the writer puts the architecture first, and the other two follow from the tensors."""

_LEFT = ("GGUF.", "quantize.", "split.")
"""What the reader adds, and what is true of the source alone."""

_SIZES = (1, 1, 2, 2, 4, 4, 4, 1, None, None, 8, 8, 8)
"""Bytes of a value by its type; strings (8) and arrays (9) say their own length."""

_STRING, _ARRAY, _UINT32 = 8, 9, 4
_LENGTH, _KIND = 8, 4
HEAD = 4 + 4 + 8 + 8
"""Magic, version, number of tensors, number of keys (bytes)."""


class Entry(NamedTuple):
    """One key.

    Attributes:
        key: Its name.
        value: Python value; a list for an array.
        kind: Number of the type in GGUF.
        inner: Number of the type of an array's items, else None.
    """

    key: str
    value: Any
    kind: int
    inner: int | None = None

    @property
    def size(self) -> int:
        """Bytes in the file."""
        return _LENGTH + len(self.key.encode()) + _KIND + self._value()

    def _value(self) -> int:
        if self.inner is None:
            return _size(self.value, self.kind)
        return _KIND + _LENGTH + sum(_size(item, self.inner) for item in self.value)


def copied(reader: "GGUFReader") -> list[Entry]:
    """Return what a source says of itself, less what is set anew and empty lists."""
    found = []
    for field in reader.fields.values():
        if field.name.startswith(_LEFT) or field.name in _OURS or not len(field.data):
            continue
        kind = int(field.types[0])
        inner = int(field.types[-1]) if kind == _ARRAY else None
        found.append(Entry(field.name, field.contents(), kind, inner))
    return found


def add(writer: "GGUFWriter", entries: Sequence[Entry], file_type: int) -> None:
    """Hand keys to a writer; the architecture is there already."""
    from gguf import GGML_QUANT_VERSION, GGUFValueType

    for entry in entries:
        inner = None if entry.inner is None else GGUFValueType(entry.inner)
        writer.add_key_value(entry.key, entry.value, GGUFValueType(entry.kind), inner)
    writer.add_file_type(file_type)
    writer.add_quantization_version(GGML_QUANT_VERSION)


def size(architecture: str, entries: Sequence[Entry]) -> int:
    """Return the bytes of the head and of all keys, those that are set anew included."""
    ours = (
        Entry(ARCHITECTURE, architecture, _STRING),
        Entry(FILE_TYPE, 0, _UINT32),
        Entry(VERSION, 0, _UINT32),
    )
    return HEAD + sum(entry.size for entry in (*entries, *ours))


def _size(value: Any, kind: int) -> int:
    fixed = _SIZES[kind]
    if fixed is not None:
        return fixed
    return _LENGTH + len(value.encode() if isinstance(value, str) else value)
