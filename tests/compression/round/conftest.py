"""Small rounding problems with correlated inputs."""

from collections.abc import Callable

import pytest


@pytest.fixture
def make_problem() -> Callable[..., object]:
    """Return a function to a problem of rows on a lattice of `width` bits in groups of 16."""

    def make(columns=24, rows=10, width=3, seed=0, damping=0.01, pruned=0.0):
        import torch

        from qml.compression.formats import IntegerFormat
        from qml.compression.formats.masked import MaskedPart
        from qml.compression.round.grid import grid_of
        from qml.compression.round.problem import damped, stacked

        generator = torch.Generator().manual_seed(seed)
        mix = torch.randn(columns, columns // 3, generator=generator)
        x = torch.randn(256, columns // 3, generator=generator) @ mix.T
        x = x + 0.3 * torch.randn(256, columns, generator=generator)
        weight = torch.randn(rows, columns, generator=generator)
        kept = torch.rand(rows, columns, generator=generator) >= pruned
        part = IntegerFormat(width, 16).quantise(weight * kept)
        if pruned:
            part = MaskedPart(inner=part, mask=kept)
        grid = grid_of(part, columns)
        hessian = damped((x.T @ x / len(x)).double(), damping)
        return stacked([grid], [weight], hessian)

    return make
