"""Matrices with pruned weights: which ones stay, and what they are.

A mask of one bit per weight says which weights stay. Where N of every M stay, a group is the rank
of its choice among all C(M, N) of them, ceil(log2 C(M, N)) bits, as long as that is few. Stored is
whatever is smaller: mask and kept values, or all values.
"""

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import ceil, comb, log2

import torch
from torch import Tensor

from qml.compression.formats.unrounded import Unrounded
from qml.errors import PlanError

VALUE_BITS = 16
_RANKED = 16
"""Groups up to this size are stored as ranks; larger ones as bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SparsePart(Unrounded):
    """A matrix of float16 numbers and zeros.

    Attributes:
        mask: Which weights stay, shape (rows, columns), bool.
        values: They, row by row, shape (kept,), float16.
        pattern: (N, M) where N of every M columns stay, else None.
    """

    mask: Tensor
    values: Tensor
    pattern: tuple[int, int] | None = None

    @property
    def format(self) -> str:
        """Name of the format."""
        return f"sparse16-{self.pattern[0]}:{self.pattern[1]}" if self.pattern else "sparse16"

    @property
    def bits(self) -> float:
        """All that `packed` holds (bits)."""
        kept = mask_bits(self.mask, self.pattern) + VALUE_BITS * self.values.numel()
        return float(min(kept, VALUE_BITS * self.mask.numel()))

    @property
    def payload(self) -> float:
        """All that it stores: it has no scales, and the mask is no less needed than the values."""
        return self.bits

    def dense(self) -> Tensor:
        """Return the weights, float32."""
        found = torch.zeros(self.mask.shape)
        found[self.mask] = self.values.float()
        return found

    def packed(self) -> dict[str, Tensor]:
        """Return what a file stores: `mask` (bytes) and `values`, or `values` of all weights."""
        if mask_bits(self.mask, self.pattern) + VALUE_BITS * self.values.numel() > self.bits:
            return {"values": self.dense().half()}
        return {"mask": pack_mask(self.mask, self.pattern), "values": self.values}


def sparse(weight: Tensor, mask: Tensor, pattern: tuple[int, int] | None = None) -> SparsePart:
    """Return a matrix with the weights that a mask keeps, rounded to float16.

    Args:
        weight: Shape (rows, columns), float32.
        mask: Which stay, shape (rows, columns), bool.
        pattern: (N, M) where exactly N of every M columns stay.
    """
    return SparsePart(mask=mask, values=weight[mask].half(), pattern=pattern)


def unpacked(
    tensors: dict[str, Tensor], rows: int, columns: int, pattern: tuple[int, int] | None
) -> SparsePart:
    """Return the matrix that `packed` was made of; zeros that were stored as values are kept."""
    if "mask" not in tensors:
        mask = torch.ones(rows, columns, dtype=torch.bool)
        return SparsePart(mask=mask, values=tensors["values"].flatten())
    mask = unpack_mask(tensors["mask"], rows, columns, pattern)
    return SparsePart(mask=mask, values=tensors["values"], pattern=pattern)


def mask_bits(mask: Tensor, pattern: tuple[int, int] | None = None) -> int:
    """Return what the mask takes, whole bytes (bits)."""
    width = _width(pattern)
    count = mask.numel() if width is None or pattern is None else mask.numel() // pattern[1] * width
    return 8 * ceil(int(count) / 8)


def pack_mask(mask: Tensor, pattern: tuple[int, int] | None = None) -> Tensor:
    """Return a mask as bytes, shape (bytes,), uint8; the first weight is the lowest bit."""
    width = _width(pattern)
    if width is None or pattern is None:
        return _bytes(mask.flatten())
    choices = _choices(*pattern)
    powers = 2 ** torch.arange(pattern[1])
    order = torch.full((2 ** pattern[1],), -1)
    order[choices.long() @ powers] = torch.arange(len(choices))
    ranks = order[mask.reshape(-1, pattern[1]).long() @ powers]
    if bool((ranks < 0).any()):
        raise PlanError(f"a mask that is said to keep {pattern[0]} of {pattern[1]} does not")
    return _bytes((ranks[:, None] >> torch.arange(width) & 1).bool().flatten())


def unpack_mask(
    packed: Tensor, rows: int, columns: int, pattern: tuple[int, int] | None = None
) -> Tensor:
    """Return the mask that was packed, shape (rows, columns), bool."""
    flat = (packed[:, None] >> torch.arange(8) & 1).bool().flatten()
    width = _width(pattern)
    if width is None or pattern is None:
        return flat[: rows * columns].view(rows, columns)
    groups = rows * columns // pattern[1]
    ranks = flat[: groups * width].view(groups, width).long() @ (2 ** torch.arange(width))
    return _choices(*pattern)[ranks].view(rows, columns)


def _width(pattern: tuple[int, int] | None) -> int | None:
    """Return the bits of a rank, or None where masks are bits."""
    if pattern is None or pattern[1] > _RANKED:
        return None
    return ceil(log2(comb(pattern[1], pattern[0])))


@cache
def _choices(kept: int, size: int) -> Tensor:
    """Return all ways to keep so many of so many, in lexicographic order."""
    found = torch.zeros(comb(size, kept), size, dtype=torch.bool)
    for place, choice in enumerate(combinations(range(size), kept)):
        found[place, list(choice)] = True
    return found


def _bytes(bits: Tensor) -> Tensor:
    padded = torch.nn.functional.pad(bits.to(torch.uint8), (0, -bits.numel() % 8))
    return (padded.view(-1, 8) << torch.arange(8, dtype=torch.uint8)).sum(1).to(torch.uint8)
