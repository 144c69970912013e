"""Quantised matrices whose pruned weights stay zero."""

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from qml.compression.formats.base import Format, Lattice, Part
from qml.compression.formats.sparse import SparsePart, mask_bits
from qml.compression.formats.structured import StructuredPart
from qml.errors import PlanError


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedPart:
    """A matrix on a grid that holds zero, with a mask of the weights that may be anything else.

    Attributes:
        inner: All codes; those of pruned weights are the code of zero.
        mask: Which weights stay, shape (rows, columns), bool.
        pattern: (N, M) where N of every M columns stay, else None.
    """

    inner: Part
    mask: Tensor
    pattern: tuple[int, int] | None = None

    @property
    def format(self) -> str:
        """Name of the format: that of the codes."""
        return self.inner.format

    @property
    def thin(self) -> bool:
        """Whether mask and kept codes are smaller than all codes."""
        return self._codes() < self.inner.payload

    @property
    def bits(self) -> float:
        """Scales, and the smaller of all codes or the mask with the kept ones (bits)."""
        return self.inner.bits - self.inner.payload + self.payload

    @property
    def payload(self) -> float:
        """The smaller of all codes, or the mask with the kept ones (bits)."""
        return min(self._codes(), self.inner.payload)

    def dense(self) -> Tensor:
        """Return the weights, float32."""
        return self.inner.dense()

    def lattice(self) -> Lattice | None:
        """Return the values that the weights can take; pruned ones take none but zero."""
        return self.inner.lattice()

    def rounded(self, codes: Tensor) -> "MaskedPart":
        """Return the same lattice with other codes; those of pruned weights stay that of zero."""
        lattice = self.inner.lattice()
        if lattice is None:
            return replace(self, inner=self.inner.rounded(codes))
        kept = torch.where(self.mask, codes, lattice.spread(lattice.zero).to(codes.dtype))
        return replace(self, inner=self.inner.rounded(kept))

    def _codes(self) -> float:
        kept = float(self.mask.float().mean())
        return float(mask_bits(self.mask, self.pattern) + kept * self.inner.payload)


def quantised(
    form: Format, weight: Tensor, base: Part | None, importance: Tensor | None = None
) -> Part:
    """Round to a format what was perhaps pruned: zeros stay, removed rows and columns stay away.

    Args:
        form: The format.
        weight: Shape (rows, columns), float32.
        base: What the weights were stored in before, or None where they are the teacher's.
        importance: Weight of the squared error of each column, shape (columns,).

    Raises:
        PlanError: The format cannot hold the zeros of what was pruned.
    """
    if isinstance(base, StructuredPart):
        wanted = None if importance is None else importance[base.columns]
        return base.holding(form.quantise(weight[base.rows][:, base.columns], wanted))
    part = form.quantise(weight, importance)
    if isinstance(base, SparsePart | MaskedPart):
        return _masked(part, base.mask, base.pattern)
    return part


def _masked(part: Part, mask: Tensor, pattern: tuple[int, int] | None) -> MaskedPart:
    if bool(part.dense()[~mask].any()):
        raise PlanError(
            f"pruned weights do not stay zero in {part.format}: its grid has no zero",
            hint="use formats with a zero: --export safetensors, or compress.bits.formats ="
            ' ["Q4_0", "Q8_0"]',
        )
    return MaskedPart(inner=part, mask=mask, pattern=pattern)
