"""What lies in a GGUF file, tensor by tensor, and how many bytes that makes."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from torch import Tensor

from qml.compression.candidate import Candidate
from qml.compression.export.gguf.metadata import size as head_size
from qml.compression.export.gguf.source import Place, Source
from qml.compression.formats import Part
from qml.compression.formats.ggml import BlockType, GgmlPart, block_type
from qml.compression.formats.ggml.codec import encode
from qml.compression.formats.plain import PlainPart
from qml.compression.formats.sparse import SparsePart
from qml.compression.subjects.base import Subject
from qml.errors import PlanError

_ALIGNMENT = 32
_INFO = 8 + 4 + 4 + 8
"""Of each tensor, beside its name and its sizes: length of the name, number of sizes, type,
offset (bytes)."""


class Stored(NamedTuple):
    """A tensor of the file.

    Attributes:
        place: Which one.
        kind: How it is stored.
    """

    place: Place
    kind: BlockType

    @property
    def bytes(self) -> int:
        """Bytes of its blocks."""
        return int(np.prod(self.place.shape)) // self.kind.block * self.kind.bytes


def contents(source: Source, candidate: Candidate) -> list[Stored]:
    """Return all tensors in the order of the file.

    Raises:
        PlanError: A part is stored in a way that GGUF does not have.
    """
    return [Stored(place, _kind(place, chosen(place, candidate))) for place in source.places]


def chosen(place: Place, candidate: Candidate) -> Part | Tensor | None:
    """Return what a candidate has in the place of a tensor, or None."""
    if place.parameter is None:
        return None
    unit = place.parameter.removesuffix(".weight")
    return candidate.parts.get(unit) or candidate.others.get(place.parameter)


def parts(source: Source, subject: Subject, candidate: Candidate) -> Iterator[GgmlPart]:
    """Yield all tensors in the order of the file, their rows as llama.cpp wants them."""
    for place, kind in contents(source, candidate):
        found = chosen(place, candidate)
        yield source.part(place, subject) if found is None else _ordered(place, kind, found)


def file_size(source: Source, stored: list[Stored]) -> int:
    """Return the bytes of the file, exactly."""
    step = alignment(source)
    head = head_size(source.architecture, source.entries)
    head += sum(_INFO + len(s.place.name.encode()) + 8 * len(s.place.shape) for s in stored)
    return padded(head, step) + sum(padded(s.bytes, step) for s in stored)


def room(source: Source, subject: Subject, size: int, base: Candidate | None) -> float:
    """Return the bits that a file of `size` bytes leaves for the units; may be negative."""
    units = {f"{unit.name}.weight" for unit in subject.units}
    stored = contents(source, Candidate({}, base.others if base else {}))
    step = alignment(source)
    held = sum(padded(s.bytes, step) for s in stored if s.place.parameter in units)
    return 8.0 * (size - file_size(source, stored) + held)


def alignment(source: Source) -> int:
    """Return what each tensor's place in the file is a multiple of (bytes)."""
    found = (e.value for e in source.entries if e.key == "general.alignment")
    return int(next(found, _ALIGNMENT))


def padded(size: int, step: int) -> int:
    """Round up to a multiple."""
    return -(-size // step) * step


def weights_by_format(stored: list[Stored]) -> Mapping[str, int]:
    """Return how many weights lie in each format."""
    found: dict[str, int] = {}
    for place, kind in stored:
        found[kind.name] = found.get(kind.name, 0) + int(np.prod(place.shape))
    return found


def _kind(place: Place, found: Part | Tensor | None) -> BlockType:
    """Return how a tensor is stored; changed vectors as float32, changed matrices as float16."""
    if found is None:
        return place.kind
    inner = _inner(found)
    if isinstance(inner, GgmlPart):
        return inner.kind
    if len(place.shape) == 1:
        return block_type("F32")
    if isinstance(inner, PlainPart) and inner.format == "float32":
        return block_type("F32")
    if isinstance(inner, Tensor | PlainPart | SparsePart):
        return block_type("F16")
    raise PlanError(
        f"{place.parameter} is stored as {inner.format}, which GGUF does not have",
        hint="choose another pattern of pruning, or --export safetensors",
    )


def _inner(found: Part | Tensor) -> Part | Tensor:
    """Return what a mask is laid over: zeros are codes like all others here."""
    from qml.compression.formats.masked import MaskedPart

    return found.inner if isinstance(found, MaskedPart) else found


def _ordered(place: Place, kind: BlockType, found: Part | Tensor) -> GgmlPart:
    inner = _inner(found)
    if isinstance(inner, GgmlPart):
        blocks = inner.blocks
    else:
        dense = (inner if isinstance(inner, Tensor) else inner.dense()).detach().float()
        matrix = dense.reshape(place.shape[0] if len(place.shape) > 1 else 1, -1)
        blocks = encode(kind, np.ascontiguousarray(matrix.numpy()), None)
    if place.rows is None:
        return GgmlPart(kind, blocks)
    if len(place.shape) == 1:  # a bias: its numbers are the rows
        return GgmlPart(kind, blocks.reshape(len(place.rows), -1)[place.rows].reshape(1, -1))
    return GgmlPart(kind, blocks[place.rows])
