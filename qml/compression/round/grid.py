"""The values that each weight of a stored matrix can take, weight by weight."""

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from qml.compression.formats.base import Part
from qml.compression.formats.integer import IntegerPart
from qml.compression.formats.masked import MaskedPart
from qml.compression.formats.structured import StructuredPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A lattice with a row for each row that is left, and a column for each input.

    Attributes:
        part: What it is the lattice of.
        rows: Rows that are left, shape (rows,), int64.
        columns: Columns that are left, shape (columns left,), int64.
        codes: Codes of the part, shape (rows, columns), float32.
        step: See `Problem`, shape (rows, columns), as all that follow.
        zero: See `Problem`.
        low: See `Problem`.
        high: See `Problem`.
        groups: Which group each column is in, shape (columns,), int64; None where the scales of
            the format cannot be chosen. Removed columns are in any.
    """

    part: Part
    rows: Tensor
    columns: Tensor
    codes: Tensor
    step: Tensor
    zero: Tensor
    low: Tensor
    high: Tensor
    groups: Tensor | None

    def rounded(self, codes: Tensor, step: Tensor) -> Part:
        """Return the part with other codes and steps, both of shape (rows, columns), float32."""
        part = self.part.rounded(codes[:, self.columns].to(torch.uint8).contiguous())
        if self.groups is None or torch.equal(step, self.step):
            return part
        lattice = part.lattice()
        assert lattice is not None
        firsts = torch.arange(lattice.scale.shape[1]) * lattice.group
        return with_scales(part, step[:, self.columns][:, firsts].contiguous())


def grid_of(part: Part, columns: int) -> Grid | None:
    """Return the lattice of a part, or None where it has none.

    Pruned weights have one value, 0; so have columns that were removed.

    Args:
        part: A stored matrix.
        columns: Columns before any was removed.
    """
    lattice = part.lattice()
    if lattice is None:
        return None
    count = lattice.codes.shape[0]
    kept = torch.arange(columns)
    rows = torch.arange(count)
    if isinstance(part, StructuredPart):
        rows, kept = part.rows, part.columns

    def wide(values: Tensor) -> Tensor:
        if len(kept) == columns:
            return values.float()
        found = torch.zeros(count, columns)
        found[:, kept] = values.float()
        return found

    zero = lattice.spread(lattice.zero)
    free = _free(part, lattice.codes)
    return Grid(
        part=part,
        rows=rows,
        columns=kept,
        codes=wide(lattice.codes),
        step=wide(lattice.spread(lattice.scale)),
        zero=wide(zero),
        low=wide(torch.where(free, 0.0, zero)),
        high=wide(torch.where(free, lattice.levels - 1.0, zero)),
        groups=_groups(part, kept, columns, lattice.group),
    )


def with_scales(part: Part, scale: Tensor) -> Part:
    """Return a part of integers with other scales, shape (rows, groups), float32.

    Args:
        part: Its scales are free, as those of integers are.
        scale: As they are stored, rounded to float16.
    """
    if isinstance(part, IntegerPart):
        return replace(part, values=replace(part.values, scale=scale))
    assert isinstance(part, MaskedPart | StructuredPart), "grids of other parts have no groups"
    return replace(part, inner=with_scales(part.inner, scale))


def _groups(part: Part, kept: Tensor, columns: int, group: int) -> Tensor | None:
    """Return which group each column is in, where scales may be any float16."""
    while isinstance(part, StructuredPart | MaskedPart):
        part = part.inner
    if not isinstance(part, IntegerPart):
        return None
    found = torch.zeros(columns, dtype=torch.int64)
    found[kept] = torch.arange(len(kept)) // group
    return found


def _free(part: Part, codes: Tensor) -> Tensor:
    """Return which weights were not pruned, in the shape of the codes."""
    while isinstance(part, StructuredPart):
        part = part.inner
    if isinstance(part, MaskedPart):
        return part.mask
    return torch.ones_like(codes, dtype=torch.bool)
