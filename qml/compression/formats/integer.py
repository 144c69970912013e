"""Integers in groups: each group of a row has a float16 scale and an integer zero point.

The range of a group is clipped where that lowers its squared error, as practitioners do at 2 and 3
bits (Nagel et al., "A White Paper on Neural Network Quantization", arXiv:2106.08295, section 3.1).
"""

from dataclasses import dataclass, replace
from math import ceil

import torch
from torch import Tensor
from torch.nn.functional import pad

from qml.compression.formats.base import Lattice

SCALE_BITS = 16
_CLIPS = (1.0, 0.9, 0.8, 0.7)
_CLIPPED = 3
"""Widths up to this one look for a narrower range; above, clipping does not pay."""


@dataclass(frozen=True, slots=True)
class IntegerPart:
    """A matrix of integers with scales.

    Attributes:
        form: Its format.
        values: Codes and what they mean.
    """

    form: "IntegerFormat"
    values: Lattice

    @property
    def format(self) -> str:
        """Name of the format."""
        return self.form.name

    @property
    def bits(self) -> float:
        """All that is stored (bits)."""
        return self.form.bits(*self.values.codes.shape)

    @property
    def payload(self) -> float:
        """Codes alone (bits)."""
        return self.form.payload(*self.values.codes.shape)

    def dense(self) -> Tensor:
        """Return the weights, float32."""
        return self.values.dense()

    def lattice(self) -> Lattice:
        """Return codes and what they mean."""
        return self.values

    def rounded(self, codes: Tensor) -> "IntegerPart":
        """Return the same lattice with other codes."""
        return replace(self, values=self.values.with_codes(codes))


@dataclass(frozen=True, slots=True)
class IntegerFormat:
    """Integers of one width.

    Attributes:
        width: 2 to 8 (bits).
        group: Weights of a row that share a scale and a zero point.
    """

    width: int
    group: int = 64

    @property
    def name(self) -> str:
        """Name of the format."""
        return f"int{self.width}g{self.group}"

    def fits(self, columns: int) -> bool:
        """Whether rows of this length can be stored: all, the last group may be shorter."""
        return columns > 0

    def bits(self, rows: int, columns: int) -> float:
        """Return codes, scales and zero points (bits)."""
        groups = rows * ceil(columns / self.group)
        return self.payload(rows, columns) + groups * (SCALE_BITS + self.width)

    def payload(self, rows: int, columns: int) -> float:
        """Return what the codes take (bits)."""
        return float(rows * columns * self.width)

    def quantise(self, weight: Tensor, importance: Tensor | None = None) -> IntegerPart:
        """Round each weight to the nearest value, with the clip factor of least squared error."""
        groups = _grouped(weight, self.group)
        cost = None if importance is None else _grouped(importance[None], self.group)
        best, lowest = None, None
        for clip in _CLIPS if self.width <= _CLIPPED else _CLIPS[:1]:
            found = _quantised(groups, clip, 2**self.width - 1)
            error = _error(groups, *found, cost)
            if best is None or lowest is None:
                best, lowest = found, error
                continue
            better = error < lowest
            best = tuple(
                torch.where(better, new, old) for new, old in zip(found, best, strict=True)
            )
            lowest = torch.where(better, error, lowest)
        assert best is not None
        codes, scale, zero = best
        flat = codes.flatten(1)[:, : weight.shape[1]].to(torch.uint8)
        lattice = Lattice(
            codes=flat.contiguous(),
            scale=scale[..., 0],
            zero=zero[..., 0],
            levels=2**self.width,
            group=self.group,
        )
        return IntegerPart(self, lattice)


def _grouped(weight: Tensor, group: int) -> Tensor:
    """Return shape (rows, groups, group); a short last group repeats its last weight."""
    missing = -weight.shape[1] % group
    if missing:
        weight = pad(weight[:, None], (0, missing), mode="replicate")[:, 0]
    return weight.unflatten(1, (-1, group))


def _quantised(groups: Tensor, clip: float, top: int) -> tuple[Tensor, Tensor, Tensor]:
    """Return codes, scale and zero point for ranges that hold 0 and are shrunk by `clip`."""
    low = groups.amin(-1, keepdim=True).clamp(max=0) * clip
    high = groups.amax(-1, keepdim=True).clamp(min=0) * clip
    scale = ((high - low) / top).to(torch.float16).float()  # as it is stored
    safe = scale.clamp(min=torch.finfo(torch.float16).tiny)
    zero = (-low / safe).round().clamp(0, top)
    codes = (groups / safe + zero).round().clamp(0, top)
    return codes, safe, zero


def _error(
    groups: Tensor, codes: Tensor, scale: Tensor, zero: Tensor, cost: Tensor | None
) -> Tensor:
    squares = (scale * (codes - zero) - groups).square()
    return (squares if cost is None else squares * cost).sum(-1, keepdim=True)
