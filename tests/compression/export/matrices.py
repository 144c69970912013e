"""Random matrices, and parts of them."""

import torch

from qml.compression.formats.masked import MaskedPart


def matrix(rows: int, columns: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(rows, columns, generator=torch.Generator().manual_seed(seed))


def masked(part, share: float, pattern=None) -> MaskedPart:
    """Return a part that keeps a share of its weights."""
    lattice = part.lattice()
    mask = torch.rand(part.dense().shape, generator=torch.Generator().manual_seed(1)) < share
    if lattice is None:
        values = torch.where(mask, part.values, 0)
        return MaskedPart(inner=type(part)(values), mask=mask, pattern=pattern)
    codes = torch.where(mask, lattice.codes, lattice.spread(lattice.zero).to(torch.uint8))
    return MaskedPart(inner=part.rounded(codes), mask=mask, pattern=pattern)
