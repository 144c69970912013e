"""Which heads or neurons of a layer go: by size, by their own loss, by pair terms, one by one.

Thing t adds W_t x_t to the consumer's output. Without an update, removing the set P costs the sum
over s, t in P of G_st = tr(W_s H_st W_t^T): a quadratic with pair terms over things. With the best
update of what stays it costs tr(W_P ((H^-1)_PP)^-1 W_P^T), which is no sum of pairs; it is lowered
one thing at a time (Kurtic et al., ZipLM, arXiv:2302.04089, equation 3).
"""

from collections.abc import Callable

import torch
from torch import Tensor

from qml.compression.prune.problem import Problem
from qml.compression.prune.quota import keep_best, spread
from qml.compression.prune.swaps import exchanged

_ROUNDS = 96
"""Most rounds of removals one by one; the costs are exact at the beginning of each."""

Chooser = Callable[[Tensor, Tensor, int, int], Tensor]
"""From the consumer's weight (rows, columns), H, the size of a thing and the number that goes to
the things that stay, shape (things,), bool."""


def by_size(weight: Tensor, hessian: Tensor, size: int, gone: int) -> Tensor:
    """Remove the things whose columns have the smallest norms."""
    del hessian
    return keep_best(weight.square().sum(0).view(-1, size).sum(1), gone)


def by_loss(weight: Tensor, hessian: Tensor, size: int, gone: int) -> Tensor:
    """Remove the things that cost least alone: Wanda's score of whole columns."""
    return keep_best(pair_losses(weight, hessian, size).diagonal(), gone)


def by_pairs(weight: Tensor, hessian: Tensor, size: int, gone: int) -> Tensor:
    """Remove the set that costs least without an update: exchanges from the best alone."""
    pairs = pair_losses(weight, hessian, size)
    ones = torch.ones(1, len(pairs))
    problem = Problem(ones, pairs, torch.ones(len(pairs)), gone)
    return exchanged(problem, keep_best(pairs.diagonal(), gone)[None], sweeps=200)[0]


def one_by_one(weight: Tensor, hessian: Tensor, size: int, gone: int) -> Tensor:
    """Remove what costs least with the best update, a few at a time, again and again."""
    weight, inverse = weight.double(), torch.linalg.inv(hessian.double())
    kept = torch.ones(weight.shape[1] // size, dtype=torch.bool)
    for count in spread(gone, min(gone, _ROUNDS)).tolist():
        costs = _costs(weight, inverse, size).masked_fill(~kept, torch.inf)
        chosen = costs.topk(count, largest=False).indices
        kept[chosen] = False
        columns = (chosen[:, None] * size + torch.arange(size)).flatten()
        weight, inverse = _without(weight, inverse, columns)
    return kept


def _without(weight: Tensor, inverse: Tensor, columns: Tensor) -> tuple[Tensor, Tensor]:
    """Return the updated weight and the inverse of what stays; 0 and 1 stand where it went."""
    factor = torch.linalg.solve(inverse[columns][:, columns], inverse[columns])
    weight = weight - weight[:, columns] @ factor
    inverse = inverse - inverse[:, columns] @ factor
    weight[:, columns], inverse[columns], inverse[:, columns] = 0, 0, 0
    inverse[columns, columns] = 1
    return weight, inverse


def refitted(weight: Tensor, hessian: Tensor, size: int, kept: Tensor) -> Tensor:
    """Return the consumer whose kept columns are W H_:K (H_KK)^-1, others 0, float32."""
    columns = kept.repeat_interleave(size)
    wanted = weight.double() @ hessian.double()[:, columns]
    within = hessian.double()[columns][:, columns]
    found = torch.zeros_like(weight)
    found[:, columns] = torch.linalg.solve(within, wanted.T).T.float()
    return found


def pair_losses(weight: Tensor, hessian: Tensor, size: int) -> Tensor:
    """Return G, shape (things, things), float32."""
    shared = (weight.T @ weight) * hessian
    things = len(shared) // size
    return shared.view(things, size, things, size).sum((1, 3))


def _costs(weight: Tensor, inverse: Tensor, size: int) -> Tensor:
    """Return tr(W_t ((H^-1)_tt)^-1 W_t^T) of each thing, shape (things,)."""
    things = weight.shape[1] // size
    blocks = inverse.view(things, size, things, size).diagonal(dim1=0, dim2=2).permute(2, 0, 1)
    columns = weight.view(len(weight), things, size).permute(1, 2, 0)
    return (columns * torch.linalg.solve(blocks, columns)).sum((1, 2))
