"""Weights as they are: 16 or 32 bits each."""

from dataclasses import dataclass

from torch import Tensor, float16, float32

from qml.compression.formats.unrounded import Unrounded

HALF = 16


@dataclass(frozen=True, slots=True)
class PlainPart(Unrounded):
    """A matrix of floating-point numbers.

    Attributes:
        values: Shape (rows, columns); float16 or float32 decides the size.
    """

    values: Tensor

    @property
    def format(self) -> str:
        """Name of the format."""
        return f"float{self.values.element_size() * 8}"

    @property
    def bits(self) -> float:
        """All that is stored (bits)."""
        return float(self.values.numel() * self.values.element_size() * 8)

    @property
    def payload(self) -> float:
        """Codes alone (bits)."""
        return self.bits

    def dense(self) -> Tensor:
        """Return the weights, float32."""
        return self.values.to(float32)


@dataclass(frozen=True, slots=True)
class Plain:
    """Floating point.

    Attributes:
        width: 16 or 32 (bits).
    """

    width: int = 16

    @property
    def name(self) -> str:
        """Name of the format."""
        return f"float{self.width}"

    def fits(self, columns: int) -> bool:
        """Whether rows of this length can be stored: all."""
        return columns > 0

    def bits(self, rows: int, columns: int) -> float:
        """Return what a matrix takes (bits)."""
        return float(rows * columns * self.width)

    def payload(self, rows: int, columns: int) -> float:
        """Return what the codes take (bits)."""
        return self.bits(rows, columns)

    def quantise(self, weight: Tensor, importance: Tensor | None = None) -> PlainPart:
        """Round to the width."""
        del importance
        return PlainPart(weight.to(float16 if self.width == HALF else float32))
