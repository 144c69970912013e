"""Matrices that lost whole rows or columns: what is left is a smaller matrix in any format."""

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from qml.compression.formats.base import Lattice, Part
from qml.errors import PlanError


@dataclass(frozen=True, slots=True, kw_only=True)
class StructuredPart:
    """What is left of a matrix.

    Which rows and columns stay is not stored: the exported model has the smaller shapes.

    Attributes:
        inner: The smaller matrix, shape (rows kept, columns kept).
        rows: Rows that stay, ascending, shape (rows kept,), int64.
        columns: Columns that stay, ascending, shape (columns kept,), int64.
        shape: Rows and columns before.
    """

    inner: Part
    rows: Tensor
    columns: Tensor
    shape: tuple[int, int]

    @property
    def format(self) -> str:
        """Name of the format: that of what is left."""
        return self.inner.format

    @property
    def bits(self) -> float:
        """All that is left (bits)."""
        return self.inner.bits

    @property
    def payload(self) -> float:
        """Codes that are left (bits)."""
        return self.inner.payload

    def dense(self) -> Tensor:
        """Return the weights in the old shape, zero where something was removed, float32."""
        found = torch.zeros(self.shape)
        found[self.rows[:, None], self.columns] = self.inner.dense()
        return found

    def lattice(self) -> Lattice | None:
        """Return the lattice of what is left, in its smaller shape."""
        return self.inner.lattice()

    def rounded(self, codes: Tensor) -> "StructuredPart":
        """Return the same with other codes of what is left.

        Raises:
            PlanError: There is no lattice, or the codes are those of the old shape.
        """
        if codes.shape != (len(self.rows), len(self.columns)):
            raise PlanError(f"codes of shape {tuple(codes.shape)} for a matrix that was cut down")
        return self.holding(self.inner.rounded(codes))

    def holding(self, inner: Part) -> "StructuredPart":
        """Return the same rows and columns with other contents."""
        return replace(self, inner=inner)
