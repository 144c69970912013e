"""Stored tensors as pieces of a graph: small initialisers, and nodes that make weights of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor

from qml.compression.export.packing import pack
from qml.compression.formats.base import Lattice, Part
from qml.compression.formats.integer import IntegerPart
from qml.compression.formats.masked import MaskedPart
from qml.compression.formats.plain import PlainPart
from qml.compression.formats.sparse import SparsePart
from qml.compression.formats.structured import StructuredPart
from qml.errors import PlanError

if TYPE_CHECKING:
    from onnx import NodeProto, TensorProto

WIDTHS = (2, 4, 8)
"""Unsigned integers that ONNX stores (bits)."""
_WORTH = 64
"""Numbers from which on a cast is smaller than what it saves."""


class Piece(NamedTuple):
    """What makes one tensor of the graph."""

    initialisers: list["TensorProto"]
    nodes: list["NodeProto"]


def piece(name: str, stored: Tensor | Part, shape: Sequence[int]) -> Piece:
    """Return what makes a float32 tensor of this name and shape.

    Zeros of pruned matrices are stored as codes or numbers: ONNX has no mask that runtimes read.

    Raises:
        PlanError: A part is in a format that ONNX does not have.
    """
    match stored:
        case Tensor():
            return _numbers(name, stored)
        case PlainPart():
            return _numbers(name, stored.values.view(*shape))
        case SparsePart():
            return _numbers(name, stored.dense().half().view(*shape))
        case MaskedPart():
            return piece(name, stored.inner, shape)
        case IntegerPart(form=form) if form.width in WIDTHS:
            return _integers(name, stored.values, form.width, shape)
        case StructuredPart():
            return _scattered(name, stored, shape)
    raise PlanError(
        f"ONNX holds no tensor in {stored.format}",
        hint=f"it has integers of {', '.join(map(str, WIDTHS))} bits: compress.bits.widths",
    )


def _numbers(name: str, values: Tensor) -> Piece:
    from onnx import TensorProto, helper

    types = {torch.float16: TensorProto.FLOAT16, torch.bfloat16: TensorProto.BFLOAT16}
    if values.dtype in types and values.numel() >= _WORTH:
        own = f"{name}.half"
        cast = helper.make_node("Cast", [own], [name], to=TensorProto.FLOAT)
        return Piece([_raw(own, types[values.dtype], values.shape, values)], [cast])
    if values.is_floating_point():
        return Piece([_raw(name, TensorProto.FLOAT, values.shape, values.float())], [])
    assert values.dtype == torch.int64
    return Piece([_raw(name, TensorProto.INT64, values.shape, values)], [])


def _integers(name: str, lattice: Lattice, width: int, shape: Sequence[int]) -> Piece:
    """Return codes, scales and zero points with the node that multiplies them out."""
    from onnx import TensorProto, helper

    kind = {2: TensorProto.UINT2, 4: TensorProto.UINT4, 8: TensorProto.UINT8}[width]
    scales = lattice.scale.to(torch.float16)
    if not torch.equal(scales.float(), lattice.scale):
        raise PlanError(f"scales of {name} are no float16 numbers")
    stored = [
        _raw(f"{name}.codes", kind, lattice.codes.shape, _packed(lattice.codes, width)),
        _raw(f"{name}.scales", TensorProto.FLOAT16, scales.shape, scales),
        _raw(f"{name}.zeros", kind, lattice.zero.shape, _packed(lattice.zero, width)),
    ]
    flat = name if len(shape) == 2 else f"{name}.flat"  # noqa: PLR2004 - a matrix
    nodes = [
        helper.make_node("Cast", [f"{name}.scales"], [f"{name}.steps"], to=TensorProto.FLOAT),
        helper.make_node(
            "DequantizeLinear",
            [f"{name}.codes", f"{name}.steps", f"{name}.zeros"],
            [flat],
            axis=1,
            block_size=lattice.group,
        ),
    ]
    return Piece(*_reshaped(name, flat, shape, stored, nodes))


def _scattered(name: str, part: StructuredPart, shape: Sequence[int]) -> Piece:
    """Return a smaller matrix with zeros where rows and columns were taken out."""
    from onnx import TensorProto, helper

    small, flat = f"{name}.small", name if len(shape) == 2 else f"{name}.flat"  # noqa: PLR2004
    inner = piece(small, part.inner, (len(part.rows), len(part.columns)))
    places = [_places(part.rows, part.shape[0]), _places(part.columns, part.shape[1])]
    stored = [
        *inner.initialisers,
        _raw(f"{name}.pads", TensorProto.INT64, (4,), torch.tensor([0, 0, 1, 1])),
        *(
            _raw(f"{name}.places{axis}", TensorProto.INT32, index.shape, index)
            for axis, index in enumerate(places)
        ),
    ]
    nodes = [
        *inner.nodes,
        helper.make_node("Pad", [small, f"{name}.pads"], [f"{name}.padded"]),
        helper.make_node("Gather", [f"{name}.padded", f"{name}.places0"], [f"{name}.tall"], axis=0),
        helper.make_node("Gather", [f"{name}.tall", f"{name}.places1"], [flat], axis=1),
    ]
    return Piece(*_reshaped(name, flat, shape, stored, nodes))


def _reshaped(
    name: str,
    flat: str,
    shape: Sequence[int],
    stored: list["TensorProto"],
    nodes: list["NodeProto"],
) -> tuple[list["TensorProto"], list["NodeProto"]]:
    from onnx import TensorProto, helper

    if flat != name:
        wanted = torch.tensor(list(shape))
        stored.append(_raw(f"{name}.shape", TensorProto.INT64, wanted.shape, wanted))
        nodes.append(helper.make_node("Reshape", [flat, f"{name}.shape"], [name]))
    return stored, nodes


def _places(kept: Tensor, count: int) -> Tensor:
    """Return for each row where it is in the smaller matrix; behind its end where it is not."""
    found = torch.full((count,), len(kept), dtype=torch.int32)
    found[kept] = torch.arange(len(kept), dtype=torch.int32)
    return found


def _packed(codes: Tensor, width: int) -> Tensor:
    return torch.from_numpy(pack(codes.to(torch.uint8).numpy(), width))


def _raw(name: str, kind: int, shape: Sequence[int], values: Tensor) -> "TensorProto":
    from onnx import TensorProto

    data = values.contiguous().flatten().view(torch.uint8).numpy().tobytes()
    return TensorProto(name=name, data_type=kind, dims=list(shape), raw_data=data)
