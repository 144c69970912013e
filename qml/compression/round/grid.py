"""The values that each weight of a stored matrix can take, weight by weight."""

from dataclasses import dataclass

import torch
from torch import Tensor

from qml.compression.formats.base import Part
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
    """

    part: Part
    rows: Tensor
    columns: Tensor
    codes: Tensor
    step: Tensor
    zero: Tensor
    low: Tensor
    high: Tensor

    def rounded(self, codes: Tensor) -> Part:
        """Return the part with other codes, shape (rows, columns), float32."""
        return self.part.rounded(codes[:, self.columns].to(torch.uint8).contiguous())


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
    )


def _free(part: Part, codes: Tensor) -> Tensor:
    """Return which weights were not pruned, in the shape of the codes."""
    while isinstance(part, StructuredPart):
        part = part.inner
    if isinstance(part, MaskedPart):
        return part.mask
    return torch.ones_like(codes, dtype=torch.bool)
