"""GPTQ: columns one after the other; those that are left make up for the error.

Frantar et al., "GPTQ: Accurate Post-Training Quantization for Generative Pre-trained Transformers",
arXiv:2210.17323, with lazy updates in blocks, in the form of Babai's nearest plane, which is the
same (arXiv:2507.18553) and needs no inverse.
"""

import torch
from torch import Tensor

from qml.compression.round.problem import Problem, nearest
from qml.compression.round.threads import one_thread

_BLOCK = 96


def gptq(problem: Problem, *, order: Tensor | None = None) -> Tensor:
    """Return codes, shape (columns, rows), float32.

    Args:
        problem: What is rounded.
        order: Columns in the order in which they are rounded; as they come where None.
    """
    if order is None:
        return _in_order(problem)
    codes = torch.empty_like(problem.target)
    codes[order] = _in_order(problem.ordered(order))
    return codes


def _in_order(problem: Problem) -> Tensor:
    """Round from the first column on, as nearest plane: H = R R^T, R upper triangular.

    With the errors d of the columns before, the sum of (R^T d)_j^2 is least where column j is next
    to w_j - (R^T d)_j / R_jj; those after it can make their own terms zero.
    """
    factor = _factor(problem.hessian)
    codes = torch.empty_like(problem.target)
    pull = torch.zeros_like(problem.target)  # R^T d, of the blocks before
    for begin in range(0, len(codes), _BLOCK):
        block = slice(begin, min(begin + _BLOCK, len(codes)))
        with one_thread():
            errors = _block(problem, pull[block], codes, factor, block)
        pull[block.stop :].addmm_(factor[block, block.stop :].T, errors)
    return codes


def _block(problem: Problem, pull: Tensor, codes: Tensor, factor: Tensor, block: slice) -> Tensor:
    """Round the columns of a block, and return their errors."""
    errors = torch.empty_like(pull)
    lower = factor[block, block].T.contiguous()
    parts = (lower / lower.diagonal()[:, None]).unbind()
    starts = (problem.target[block] - pull / lower.diagonal()[:, None]).unbind()
    grid = zip(
        *(values[block].unbind() for values in (problem.step, problem.zero)),
        *(values[block].unbind() for values in (problem.low, problem.high, problem.target)),
        strict=True,
    )
    for i, (step, zero, low, high, target) in enumerate(grid):
        wanted = torch.addmv(starts[i], errors[:i].T, parts[i][:i], alpha=-1)
        code = nearest(wanted, step, zero, low, high)
        codes[block.start + i] = code
        torch.addcmul(-target, code - zero, step, out=errors[i])
    return errors


def _factor(hessian: Tensor) -> Tensor:
    """Return R, upper triangular, with R R^T = H, float32."""
    return torch.linalg.cholesky(hessian.double().flip(0, 1)).flip(0, 1).float()
