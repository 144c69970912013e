"""Combinatorial Brain Surgeon: masks by pair terms (Yu et al., ICML 2022, arXiv:2203.04466).

Removing the weights P of a row costs sum over i, j in P of H_ij w_i w_j: what two weights cost
together is not what they cost alone. The sum is lowered by exchanges: one weight goes, one comes
back. The best exchange of every group of columns is made, in all rows at once; groups are drawn
anew each time, or are those of the pattern. A row that rose by making several makes its best alone.
"""

import torch
from torch import Tensor

from qml.compression.prune.problem import Problem

_GROUP = 16
_TOLERANCE = 1e-7


def exchanged(problem: Problem, mask: Tensor, sweeps: int = 20) -> Tensor:
    """Return a mask with as many weights in each row (and group), and no larger pair sum.

    Args:
        problem: W and H.
        mask: Where to begin, shape (rows, columns), bool.
        sweeps: Times that all groups are looked at.
    """
    state = _State(problem, mask)
    draw = torch.Generator().manual_seed(problem.seed)
    columns = problem.weight.shape[1]
    for _ in range(sweeps):
        groups = _groups(problem, draw, columns)
        if not state.sweep(groups) and (columns <= _GROUP or problem.pattern is not None):
            break
    return state.mask


def _groups(problem: Problem, draw: torch.Generator, columns: int) -> Tensor:
    """Return columns in groups, shape (groups, size); -1 fills the last one."""
    if problem.pattern is not None:
        return torch.arange(columns).view(-1, problem.pattern[1])
    order = torch.randperm(columns, generator=draw)
    return torch.nn.functional.pad(order, (0, -columns % _GROUP), value=-1).view(-1, _GROUP)


class _State:
    """Masks of all rows, and the gradient of their pair sums."""

    def __init__(self, problem: Problem, mask: Tensor) -> None:
        self.weight, self.hessian = problem.weight, problem.hessian
        self.mask = mask.clone()
        self._gradient = (self.weight * ~mask) @ self.hessian
        self._sums = (self.weight * ~mask * self._gradient).sum(1)

    def sweep(self, groups: Tensor) -> bool:
        """Make the best exchange of each group; tell whether any was made."""
        gains, out, back = self._exchanges(groups)
        wanted = gains < -_TOLERANCE * self._sums[:, None]
        rows = wanted.any(1).nonzero()[:, 0]
        if not len(rows):
            return False
        risen = self._make(rows, wanted[rows], out[rows], back[rows])
        if len(risen):
            alone = torch.zeros_like(wanted[risen])
            alone.scatter_(1, gains[risen].argmin(1, keepdim=True), value=True)
            self._make(risen, alone, out[risen], back[risen])
        return True

    def _exchanges(self, groups: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return what the best exchange of each group changes, and its two columns."""
        own = self.weight.square() * self.hessian.diagonal()
        pulled = 2 * self.weight * self._gradient
        index = groups.clamp(min=0)
        kept = self.mask[:, index] & (groups >= 0)
        gone = ~self.mask[:, index] & (groups >= 0)
        removal = (own + pulled)[:, index].masked_fill(~kept, torch.inf)
        return_ = (own - pulled)[:, index].masked_fill(~gone, torch.inf)
        weight = self.weight[:, index]
        pairs = self.hessian[index[:, :, None], index[:, None, :]]
        change = weight[..., :, None] * weight[..., None, :] * (-2 * pairs)
        change += removal[..., :, None]
        change += return_[..., None, :]
        best, place = change.flatten(2).min(2)
        size = groups.shape[1]
        out = index.expand(len(place), -1, -1).gather(2, (place // size)[..., None])[..., 0]
        back = index.expand(len(place), -1, -1).gather(2, (place % size)[..., None])[..., 0]
        return best, out, back

    def _make(self, rows: Tensor, wanted: Tensor, out: Tensor, back: Tensor) -> Tensor:
        """Make exchanges in some rows, but not where the sum would rise; return those rows."""
        mask = self.mask[rows]
        line, group = wanted.nonzero(as_tuple=True)
        mask[line, out[line, group]] = False
        mask[line, back[line, group]] = True
        removed = self.weight[rows] * ~mask
        gradient = removed @ self.hessian
        sums = (removed * gradient).sum(1)
        lower = sums < self._sums[rows]
        done = rows[lower]
        self.mask[done], self._gradient[done] = mask[lower], gradient[lower]
        self._sums[done] = sums[lower]
        return rows[~lower]
