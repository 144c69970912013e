"""The best values of the weights that stay.

For a fixed mask the loss is a convex quadratic of each row. Conjugate gradients with the diagonal
as preconditioner (as in ALPS, Meng et al., arXiv:2406.07831, section 3.2) lower it in every step,
all rows at once, and need no inverse per row.
"""

import torch
from torch import Tensor

from qml.compression.prune.problem import Problem

_SMALL = 1e-30


def updated(problem: Problem, weight: Tensor, mask: Tensor, steps: int = 20) -> Tensor:
    """Return values on the mask with a lower loss, shape (rows, columns), float32.

    Args:
        problem: W and H.
        weight: Where to begin, zero off the mask.
        mask: Which weights stay.
        steps: Steps of conjugate gradients.

    Returns:
        No row has a larger loss than at the beginning, rounding included.
    """
    found, _ = descended(problem, weight, mask, steps)
    better = problem.losses(found) < problem.losses(weight)
    return torch.where(better[:, None], found, weight)


def descended(problem: Problem, weight: Tensor, mask: Tensor, steps: int) -> tuple[Tensor, Tensor]:
    """Return values on the mask, and the loss of each row, shape (rows,).

    A step of length a along a direction whose preconditioned gradient has the power p lowers the
    loss by a p, so that losses need no product of their own; they are exact up to rounding.
    """
    hessian, scale = problem.hessian, problem.hessian.diagonal()
    found, missing = weight.clone(), problem.weight - weight
    rest = missing @ hessian
    losses = (rest * missing).sum(1)
    rest *= mask
    leaned = rest / scale
    direction, power = leaned, (rest * leaned).sum(1, keepdim=True)
    for _ in range(steps):
        image = (direction @ hessian) * mask
        step = power / (direction * image).sum(1, keepdim=True).clamp(min=_SMALL)
        found += step * direction
        losses -= (step * power)[:, 0]
        rest -= step * image
        leaned = rest / scale
        before, power = power, (rest * leaned).sum(1, keepdim=True)
        direction = leaned + power / before.clamp(min=_SMALL) * direction
    return found, losses
