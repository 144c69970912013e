"""How each kind of part is stored: its entry in the header, and its tensors.

Names of tensors are those of the unit and a suffix: `codes`, `scales`, `zeros` (integers),
`values`, `mask` (pruned), `kept_rows`, `kept_columns` (cut down).
"""

from collections.abc import Callable, Mapping
from functools import partial
from math import ceil, prod
from typing import Any

import torch
from torch import Tensor

from qml.compression.export.packing import pack, packed_size, unpack
from qml.compression.export.safetensors.container import Spec, spec_of
from qml.compression.formats.base import Lattice, Part
from qml.compression.formats.integer import IntegerFormat, IntegerPart
from qml.compression.formats.masked import MaskedPart
from qml.compression.formats.plain import PlainPart
from qml.compression.formats.sparse import (
    SparsePart,
    mask_bits,
    pack_mask,
    unpack_mask,
    unpacked,
)
from qml.compression.formats.structured import StructuredPart
from qml.errors import PlanError

Blobs = dict[str, tuple[Spec, Callable[[], Tensor]]]
"""By suffix: what a tensor takes, and what makes it."""

_BYTE = 8


def document(part: Part) -> dict[str, Any]:
    """Return the entry of a part in the header.

    Raises:
        PlanError: This file has no place for parts of its format.
    """
    match part:
        case IntegerPart():
            shape = list(part.values.codes.shape)
            return {
                "kind": "integer",
                "width": part.form.width,
                "group": part.form.group,
                "shape": shape,
            }
        case PlainPart():
            return {"kind": "plain", "shape": list(part.values.shape)}
        case SparsePart():
            return {"kind": "sparse", "shape": list(part.mask.shape), "pattern": part.pattern}
        case MaskedPart(thin=True):
            inner = document(part.inner)
            return {"kind": "masked", "inner": inner, "pattern": part.pattern}
        case MaskedPart():
            return document(part.inner)
        case StructuredPart():
            return {
                "kind": "structured",
                "inner": document(part.inner),
                "shape": list(part.shape),
            }
    raise PlanError(
        f"safetensors holds no tensor in {part.format}",
        hint="export it as what it was made for, e.g. --export gguf",
    )


def blobs(part: Part) -> Blobs:
    """Return the tensors of a part; none is made yet."""
    match part:
        case IntegerPart():
            return _integers(part, None)
        case PlainPart():
            return {"values": (spec_of(part.values), lambda: part.values)}
        case SparsePart():
            return _sparse(part)
        case MaskedPart(thin=True):
            return _masked(part)
        case MaskedPart():
            return blobs(part.inner)
        case StructuredPart():
            sides = {"kept_rows": (part.rows, 0), "kept_columns": (part.columns, 1)}
            masks = {k: _flags(places, part.shape[axis]) for k, (places, axis) in sides.items()}
            return masks | blobs(part.inner)
    raise PlanError(f"safetensors holds no tensor in {part.format}")


def restore(entry: Mapping[str, Any], tensors: Mapping[str, Tensor]) -> Part:
    """Return the part that an entry and its tensors are of.

    Args:
        entry: Made by `document`.
        tensors: By suffix.

    Raises:
        KeyError, TypeError, ValueError, RuntimeError: The entry or a tensor is not what it must be.
    """
    match entry["kind"]:
        case "integer":
            rows, columns = entry["shape"]
            codes = _unpacked(tensors["codes"], entry["width"], rows * columns)
            return _lattice_part(entry, codes.view(rows, columns), tensors)
        case "plain":
            return PlainPart(tensors["values"].view(*entry["shape"]))
        case "sparse":
            return _restored_sparse(entry, tensors)
        case "masked":
            return _restored_masked(entry, tensors)
        case "structured":
            rows, columns = entry["shape"]
            return StructuredPart(
                inner=restore(entry["inner"], tensors),
                rows=_places(tensors["kept_rows"], rows),
                columns=_places(tensors["kept_columns"], columns),
                shape=(rows, columns),
            )
    raise ValueError(f"no kind `{entry['kind']}`")


def _integers(part: IntegerPart, mask: Tensor | None) -> Blobs:
    """Return codes (those that a mask keeps), scales and zero points."""
    lattice, width = part.values, part.form.width
    count = lattice.codes.numel() if mask is None else int(mask.sum())

    def codes() -> Tensor:
        _check(part, lattice)
        return _packed(lattice.codes if mask is None else lattice.codes[mask], width)

    return {
        "codes": (_stream(count, width), codes),
        "scales": (
            Spec(torch.float16, tuple(lattice.scale.shape)),
            lambda: lattice.scale.to(torch.float16),
        ),
        "zeros": (_stream(lattice.zero.numel(), width), lambda: _packed(lattice.zero, width)),
    }


def _check(part: IntegerPart, lattice: Lattice) -> None:
    """Refuse to store what would be read back as something else."""
    top = 2**part.form.width - 1
    if int(lattice.codes.max()) > top or not torch.equal(
        lattice.zero, lattice.zero.round().clamp(0, top)
    ):
        raise PlanError(f"codes or zero points of {part.format} are no integers of its width")
    if not torch.equal(lattice.scale.to(torch.float16).float(), lattice.scale):
        raise PlanError(f"scales of {part.format} are no float16 numbers")


def _sparse(part: SparsePart) -> Blobs:
    made = partial(_one_of, part.packed)
    bits = mask_bits(part.mask, part.pattern)
    if bits + 16 * part.values.numel() > part.bits:
        return {"values": (Spec(torch.float16, tuple(part.mask.shape)), partial(made, "values"))}
    return {
        "mask": (Spec(torch.uint8, (bits // _BYTE,)), partial(made, "mask")),
        "values": (spec_of(part.values), partial(made, "values")),
    }


def _one_of(packed: Callable[[], dict[str, Tensor]], name: str) -> Tensor:
    return packed()[name]


def _masked(part: MaskedPart) -> Blobs:
    mask, inner = part.mask, part.inner
    size = Spec(torch.uint8, (mask_bits(mask, part.pattern) // _BYTE,))
    found: Blobs = {"mask": (size, lambda: pack_mask(mask, part.pattern))}
    if isinstance(inner, IntegerPart):
        return found | _integers(inner, mask)
    assert isinstance(inner, PlainPart)
    kept = Spec(inner.values.dtype, (int(mask.sum()),))
    return found | {"values": (kept, lambda: inner.values[mask])}


def _restored_sparse(entry: Mapping[str, Any], tensors: Mapping[str, Tensor]) -> Part:
    rows, columns = entry["shape"]
    pattern = tuple(entry["pattern"]) if entry["pattern"] else None
    found = {"values": tensors["values"]}
    if found["values"].ndim == 1:
        found["mask"] = tensors["mask"]
    return unpacked(found, rows, columns, pattern)


def _restored_masked(entry: Mapping[str, Any], tensors: Mapping[str, Tensor]) -> Part:
    inner = entry["inner"]
    rows, columns = inner["shape"]
    pattern = tuple(entry["pattern"]) if entry["pattern"] else None
    mask = unpack_mask(tensors["mask"], rows, columns, pattern)
    if inner["kind"] == "plain":
        kept = tensors["values"]
        values = torch.zeros(rows, columns, dtype=kept.dtype).masked_scatter(mask, kept)
        return MaskedPart(inner=PlainPart(values), mask=mask, pattern=pattern)
    kept = _unpacked(tensors["codes"], inner["width"], int(mask.sum()))
    blank = _lattice_part(inner, torch.zeros(rows, columns, dtype=torch.uint8), tensors)
    codes = blank.values.spread(blank.values.zero).to(torch.uint8).masked_scatter(mask, kept)
    return MaskedPart(inner=blank.rounded(codes), mask=mask, pattern=pattern)


def _lattice_part(
    entry: Mapping[str, Any], codes: Tensor, tensors: Mapping[str, Tensor]
) -> IntegerPart:
    width, group = entry["width"], entry["group"]
    rows, columns = codes.shape
    groups = ceil(columns / group)
    zeros = _unpacked(tensors["zeros"], width, rows * groups)
    lattice = Lattice(
        codes=codes,
        scale=tensors["scales"].view(rows, groups).float(),
        zero=zeros.view(rows, groups).float(),
        levels=2**width,
        group=group,
    )
    return IntegerPart(IntegerFormat(width, group), lattice)


def _stream(count: int, width: int) -> Spec:
    return Spec(torch.uint8, (packed_size(count, width),))


def _packed(codes: Tensor, width: int) -> Tensor:
    return torch.from_numpy(pack(codes.to(torch.uint8).numpy(), width))


def _unpacked(stream: Tensor, width: int, count: int) -> Tensor:
    if len(stream) != packed_size(count, width):
        raise ValueError(f"{len(stream)} bytes for {count} codes of {width} bits")
    return torch.from_numpy(unpack(stream.numpy(), width, count))


def _flags(places: Tensor, count: int) -> tuple[Spec, Callable[[], Tensor]]:
    """Return which rows or columns stay, a bit each."""
    flags = torch.zeros(count, dtype=torch.uint8)
    flags[places] = 1
    return _stream(prod(flags.shape), 1), lambda: _packed(flags, 1)


def _places(packed: Tensor, count: int) -> Tensor:
    return _unpacked(packed, 1, count).nonzero()[:, 0]
