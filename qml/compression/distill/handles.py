"""What is trained of a stored matrix: small things that are stored anyway; codes and masks stay."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function

from qml.compression.formats.base import Part
from qml.compression.formats.integer import IntegerPart
from qml.compression.formats.masked import MaskedPart
from qml.compression.formats.plain import PlainPart
from qml.compression.formats.sparse import SparsePart
from qml.compression.formats.structured import StructuredPart


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Handle:
    """What is trained of one part.

    Attributes:
        start: Numbers as they are stored, float32.
        unit: How far a trained number of 1 moves each of them, shape of `start` or one number.
        stored: Type that they are stored in.
        dense: Numbers to weights (rows, columns), differentiable.
        part: Numbers to a part of the same format.
        what: `scales`, `weights` or `norms`.
    """

    start: Tensor
    unit: Tensor
    stored: torch.dtype
    dense: Callable[[Tensor], Tensor]
    part: Callable[[Tensor], Part]
    what: str

    def values(self, moved: Tensor) -> Tensor:
        """Return the numbers as they would be stored, differentiable straight through rounding.

        Args:
            moved: Trained numbers, shape of `start`.
        """
        found = self.start + moved * self.unit
        return _Stored.apply(found, self.stored)


def handle(part: Part) -> Handle | None:
    """Return what is trained of a part; None where nothing is, as in GGUF's blocks."""
    match part:
        case IntegerPart():
            return _scales(part)
        case PlainPart():
            return _plain(part)
        case SparsePart():
            return _kept(part)
        case MaskedPart(inner=inner):
            found = handle(inner)
            return found and _within(found, lambda new: replace(part, inner=new))
        case StructuredPart(inner=inner):
            found = handle(inner)
            return found and _cut_down(part, found)
        case _:
            return None


def narrowest(values: Tensor) -> torch.dtype:
    """Return the type that a file stores untouched numbers in: the narrowest that is exact."""
    for dtype in (torch.bfloat16, torch.float16):
        if torch.equal(values.to(dtype).to(values.dtype), values):
            return dtype
    return torch.float32


def root_mean_square(values: Tensor) -> Tensor:
    """Return one number, more than 0."""
    return values.square().mean().sqrt().clamp(min=torch.finfo(torch.float32).tiny)


def _scales(part: IntegerPart) -> Handle:
    """Train the scale of each group; zero points are integers and stay."""
    lattice = part.values

    def dense(scale: Tensor) -> Tensor:
        return _Spread.apply(scale, lattice.codes, lattice.zero, lattice.group)

    return Handle(
        start=lattice.scale,
        unit=lattice.scale,
        stored=torch.float16,
        dense=dense,
        part=lambda scale: replace(part, values=replace(lattice, scale=scale)),
        what="scales",
    )


def _plain(part: PlainPart) -> Handle:
    dtype, start = part.values.dtype, part.values.float()
    return Handle(
        start=start,
        unit=root_mean_square(start),
        stored=dtype,
        dense=lambda values: values,
        part=lambda values: PlainPart(values.to(dtype)),
        what="weights",
    )


def _kept(part: SparsePart) -> Handle:
    """Train the weights that the mask keeps."""
    start = part.values.float()

    def dense(values: Tensor) -> Tensor:
        return torch.zeros(part.mask.shape).masked_scatter(part.mask, values)

    return Handle(
        start=start,
        unit=root_mean_square(start),
        stored=torch.float16,
        dense=dense,
        part=lambda values: replace(part, values=values.half()),
        what="weights",
    )


def _within(inner: Handle, wrap: Callable[[Part], Part]) -> Handle:
    return replace(inner, part=lambda values: wrap(inner.part(values)))


def _cut_down(part: StructuredPart, inner: Handle) -> Handle:
    """Train what is left of a matrix that lost rows or columns."""

    def dense(values: Tensor) -> Tensor:
        blank = torch.zeros(part.shape)
        return blank.index_put((part.rows[:, None], part.columns[None]), inner.dense(values))

    return replace(_within(inner, part.holding), dense=dense)


class _Stored(Function):  # type: ignore[misc] # torch is untyped here
    """Rounds as a file does; its slope is taken to be 1."""

    @staticmethod
    def forward(ctx: Any, values: Tensor, dtype: torch.dtype) -> Tensor:
        del ctx
        return values.to(dtype).float()

    @staticmethod
    def backward(ctx: Any, slope: Tensor) -> tuple[Tensor, None]:
        del ctx
        return slope, None


class _Spread(Function):  # type: ignore[misc] # torch is untyped here
    """Scales to weights, scale * (code - zero); keeps the codes alone for the way back."""

    @staticmethod
    def forward(ctx: Any, scale: Tensor, codes: Tensor, zero: Tensor, group: int) -> Tensor:
        ctx.save_for_backward(codes, zero)
        ctx.group = group
        grouped = _grouped(codes, group) - zero[..., None]
        return grouped.mul_(scale[..., None]).flatten(1)[:, : codes.shape[1]]

    @staticmethod
    def backward(ctx: Any, slope: Tensor) -> tuple[Tensor, None, None, None]:
        codes, zero = ctx.saved_tensors
        slopes = _grouped(slope, ctx.group)
        found = slopes.mul(_grouped(codes, ctx.group)).sum(-1) - zero * slopes.sum(-1)
        return found, None, None, None


def _grouped(values: Tensor, group: int) -> Tensor:
    """Return shape (rows, groups, group); a short last group is filled with zeros."""
    missing = -values.shape[1] % group
    if missing:
        values = torch.nn.functional.pad(values, (0, missing))
    return values.unflatten(1, (-1, group))
