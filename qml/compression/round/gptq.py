"""GPTQ: columns one after the other; those that are left make up for the error.

Frantar et al., "GPTQ: Accurate Post-Training Quantization for Generative Pre-trained Transformers",
arXiv:2210.17323, with its lazy updates in blocks; the same as Babai's nearest plane
(arXiv:2507.18553).
"""

import torch
from torch import Tensor

from qml.compression.round.problem import Problem, nearest

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
    factor = _factor(problem.hessian)
    wanted = problem.target.clone()
    codes = torch.empty_like(wanted)
    for begin in range(0, len(wanted), _BLOCK):
        end = min(begin + _BLOCK, len(wanted))
        errors = _block(problem, wanted, codes, factor, slice(begin, end))
        wanted[end:].addmm_(factor[begin:end, end:].T, errors, alpha=-1)
    return codes


def _block(problem: Problem, wanted: Tensor, codes: Tensor, factor: Tensor, block: slice) -> Tensor:
    """Round the columns of a block; return their errors in parts of the factor's diagonal."""
    errors = torch.empty_like(wanted[block])
    lower = factor[block, block].T.contiguous()
    for i, column in enumerate(range(block.start, block.stop)):
        now = torch.addmv(wanted[column], errors[:i].T, lower[i, :i], alpha=-1)
        step, zero = problem.step[column], problem.zero[column]
        codes[column] = nearest(now, step, zero, problem.low[column], problem.high[column])
        errors[i] = (now - step * (codes[column] - zero)) / lower[i, i]
    return errors


def _factor(hessian: Tensor) -> Tensor:
    """Return U, upper triangular, with U^T U = H^-1, float32."""
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(hessian.double()))
    return torch.linalg.cholesky(inverse, upper=True).float()
