"""Exchanges of weights where what stays always has its best values.

With the best update the loss of a mask is a quadratic with all pair terms H_ij of what stays and
what went. At its minimum v, letting weight i go costs v_i^2 H_ii, and taking j back gains
(g_j + v_i H_ij)^2 / H_jj with g = (W - v) H. The most promising exchanges of every row are made at
once, then v follows by conjugate gradients; a row that did not gain goes back and tries fewer.
"""

import torch
from torch import Tensor

from qml.compression.prune.problem import Problem, Pruned
from qml.compression.prune.update import descended

_SHARE = 16
"""At first up to one column in so many is exchanged at a time."""


def refined(problem: Problem, start: Pruned, rounds: int = 4, steps: int = 4) -> Pruned:
    """Return a mask with as many weights in each row (and group), with no larger loss.

    Args:
        problem: W and H.
        start: Mask and values to begin with.
        rounds: Times that exchanges are made.
        steps: Steps of conjugate gradients after each.
    """
    (weight, losses), mask = descended(problem, *start, steps), start.mask
    columns = weight.shape[1]
    most = torch.full((len(weight), 1), columns // _SHARE + 1)
    for _ in range(rounds):
        tried = _exchanged(problem, weight, mask, most)
        values, found = descended(problem, weight * tried, tried, steps)
        better = (found < losses)[:, None]
        weight, mask = torch.where(better, values, weight), torch.where(better, tried, mask)
        losses = torch.minimum(found, losses)
        most = torch.where(better, most, (most // 2).clamp(min=1))
    better = (problem.losses(weight) < problem.losses(start.weight))[:, None]
    return Pruned(torch.where(better, weight, start.weight), torch.where(better, mask, start.mask))


def _exchanged(problem: Problem, weight: Tensor, mask: Tensor, most: Tensor) -> Tensor:
    """Return the mask after the most promising exchanges, up to `most` of each row."""
    hessian, scale = problem.hessian, problem.hessian.diagonal()
    pull = (problem.weight - weight) @ hessian
    costs = (weight.square() * scale).masked_fill(~mask, torch.inf)
    gains = (pull.square() / scale).masked_fill(mask, -torch.inf)
    out, back = _candidates(problem, costs, gains)
    leaves = weight.gather(1, out)
    gain = (pull.gather(1, back) + leaves * hessian[out, back]).square() / scale[back]
    change = costs.gather(1, out) - gain
    usable = mask.gather(1, out) & ~mask.gather(1, back) & (change < 0)
    change = change.masked_fill(~usable, torch.inf)
    ranks = change.argsort(dim=1).argsort(dim=1)
    rows, places = (usable & (ranks < most)).nonzero(as_tuple=True)
    found = mask.clone()
    found[rows, out[rows, places]] = False
    found[rows, back[rows, places]] = True
    return found


def _candidates(problem: Problem, costs: Tensor, gains: Tensor) -> tuple[Tensor, Tensor]:
    """Return columns that might go, and those that might come back, in pairs."""
    if problem.pattern is None:
        count = costs.shape[1] // _SHARE + 1
        out = costs.topk(count, dim=1, largest=False).indices
        return out, gains.topk(count, dim=1).indices
    size = problem.pattern[1]
    starts = torch.arange(0, costs.shape[1], size)
    out = costs.unflatten(1, (-1, size)).argmin(2) + starts
    return out, gains.unflatten(1, (-1, size)).argmax(2) + starts
