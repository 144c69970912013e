"""The protocols of a storage format and of a matrix that is stored in it."""

from dataclasses import dataclass, replace
from typing import Protocol, Self

from torch import Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Lattice:
    """The values that each weight can take: `scale * (code - zero)` of its group.

    Attributes:
        codes: Chosen code of each weight, shape (rows, columns), uint8.
        scale: Step, shape (rows, groups), float32, at least 0.
        zero: Code of the value 0, shape (rows, groups), float32.
        levels: Number of codes; they run from 0 to levels - 1.
        group: Weights of a row that share scale and zero; the last group may be shorter.
    """

    codes: Tensor
    scale: Tensor
    zero: Tensor
    levels: int
    group: int

    def spread(self, values: Tensor) -> Tensor:
        """Repeat a value per group for each of its weights, shape (rows, columns)."""
        return values.repeat_interleave(self.group, 1)[:, : self.codes.shape[1]]

    def dense(self) -> Tensor:
        """Return the weights, shape (rows, columns), float32."""
        return self.spread(self.scale) * (self.codes.float() - self.spread(self.zero))

    def with_codes(self, codes: Tensor) -> Self:
        """Return the same lattice with other choices."""
        return replace(self, codes=codes)


class Part(Protocol):
    """One weight matrix as it is stored.

    Attributes:
        format: Name of its format.
        bits: All that it stores: codes, scales, masks (bits).
        payload: Bits of the codes alone (bits).
    """

    @property
    def format(self) -> str: ...  # noqa: D102
    @property
    def bits(self) -> float: ...  # noqa: D102
    @property
    def payload(self) -> float: ...  # noqa: D102

    def dense(self) -> Tensor:
        """Return the weights, shape (rows, columns), float32."""
        ...

    def lattice(self) -> Lattice | None:
        """Return the values that its weights can take, where that is a lattice."""
        ...

    def rounded(self, codes: Tensor) -> "Part":
        """Return the same lattice with other codes.

        Raises:
            PlanError: It has no lattice.
        """
        ...


class Format(Protocol):
    """A way of storing weight matrices.

    Attributes:
        name: Short and unique, e.g. `int4g64` or `Q4_0`.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    def fits(self, columns: int) -> bool:
        """Whether rows of this length can be stored."""
        ...

    def bits(self, rows: int, columns: int) -> float:
        """Return what a matrix takes, scales included (bits)."""
        ...

    def payload(self, rows: int, columns: int) -> float:
        """Return what the codes of a matrix take (bits)."""
        ...

    def quantise(self, weight: Tensor, importance: Tensor | None = None) -> Part:
        """Round each weight to the nearest value.

        Args:
            weight: Shape (rows, columns), float32.
            importance: Weight of the squared error of each column, shape (columns,), at least 0.
        """
        ...
