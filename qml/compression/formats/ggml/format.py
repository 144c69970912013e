"""GGUF's block formats as formats of units, and matrices that are stored in them."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from qml.compression.formats.base import Lattice
from qml.compression.formats.ggml import lattices
from qml.compression.formats.ggml.codec import decode, encode
from qml.compression.formats.ggml.types import BlockType
from qml.errors import PlanError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class GgmlPart:
    """A matrix as the bytes that a GGUF file holds.

    Attributes:
        kind: Its format.
        blocks: Shape (rows, bytes of a row), uint8.
    """

    kind: BlockType
    blocks: "NDArray[np.uint8]" = field(compare=False)

    @property
    def format(self) -> str:
        """Name of the format."""
        return self.kind.name

    @property
    def bits(self) -> float:
        """All that is stored (bits)."""
        return 8.0 * self.blocks.size

    @property
    def payload(self) -> float:
        """The same: scales lie among the codes, and files are counted whole (bits)."""
        return self.bits

    def dense(self) -> Tensor:
        """Return the weights, float32, bit for bit as a reader of the file gets them."""
        return torch.from_numpy(decode(self.kind, self.blocks))

    def lattice(self) -> Lattice | None:
        """Return codes and scales of Q4_0, Q4_1, Q5_0, Q5_1 and Q8_0."""
        return lattices.read(self.kind.name, self.blocks)

    def rounded(self, codes: Tensor) -> "GgmlPart":
        """Return the same scales with other codes.

        Raises:
            PlanError: The format is no lattice.
        """
        if not lattices.has(self.kind.name):
            raise PlanError(f"{self.kind.name} is no lattice: its codes cannot be chosen")
        return replace(self, blocks=lattices.write(self.kind.name, self.blocks, codes))


@dataclass(frozen=True, slots=True)
class GgmlFormat:
    """A block format.

    Attributes:
        kind: Name, id and sizes.
    """

    kind: BlockType

    @property
    def name(self) -> str:
        """Name of the format."""
        return self.kind.name

    def fits(self, columns: int) -> bool:
        """Whether blocks divide rows of this length."""
        return columns > 0 and columns % self.kind.block == 0

    def bits(self, rows: int, columns: int) -> float:
        """Return what a matrix takes, scales included (bits)."""
        return rows * columns * self.kind.width

    def payload(self, rows: int, columns: int) -> float:
        """Return the same: files are counted whole (bits)."""
        return self.bits(rows, columns)

    def quantise(self, weight: Tensor, importance: Tensor | None = None) -> GgmlPart:
        """Round to the nearest blocks that the engine finds.

        Raises:
            PlanError: The rows are no whole number of blocks.
        """
        if not self.fits(weight.shape[1]):
            raise PlanError(
                f"{self.name} has blocks of {self.kind.block} weights; a row has {weight.shape[1]}"
            )
        cost = None if importance is None else importance.detach().float().numpy()
        matrix = weight.detach().float().contiguous().numpy()
        return GgmlPart(self.kind, encode(self.kind, matrix, cost))
