"""Small matrices whose inputs are correlated."""

from collections.abc import Callable

import pytest


@pytest.fixture
def make_problem() -> Callable[..., object]:
    """Return a function to a random problem; inputs have four strong directions."""

    def make(rows=6, columns=12, zeros=None, *, pattern=None, seed=0):
        import torch

        from qml.compression.prune.problem import Problem

        draw = torch.Generator().manual_seed(seed)
        mix = torch.randn(4, columns, generator=draw)
        inputs = torch.randn(256, 4, generator=draw) @ mix
        inputs += 0.3 * torch.randn(256, columns, generator=draw)
        hessian = inputs.T @ inputs / 256
        return Problem(
            weight=torch.randn(rows, columns, generator=draw),
            hessian=hessian,
            norms=hessian.diagonal().sqrt(),
            zeros=rows * columns // 2 if zeros is None else zeros,
            pattern=pattern,
            seed=seed,
        )

    return make
