"""Scales that suit the codes: the steps of all groups of a row that minimise its objective.

For given codes the objective is quadratic in the steps s of a row's groups. With q_g the codes of
group g less the code of zero, and zero elsewhere, its minimum is where

    sum_h (q_g^T H q_h) s_h = q_g^T H w  for every g.

Scales are rounded to float16 as they are stored, so that size and format stay what they were.
"""

from dataclasses import replace

import torch
from torch import Tensor

from qml.compression.round.problem import Problem, Side

_RIDGE = 1e-7
"""In parts of the mean diagonal: groups whose codes are all zero have no scale to speak of."""


def refitted(problem: Problem, codes: Tensor) -> Problem:
    """Return the problem with new steps; no row's objective of these codes is above what it was.

    Args:
        problem: What is rounded.
        codes: Shape (columns, rows), float32.
    """
    steps = problem.step.clone()
    goal = problem.hessian @ problem.target
    for side in problem.sides:
        if side.groups is not None:
            rows = side.rows
            steps[:, rows] = _steps(problem, side, codes[:, rows], goal[:, rows])
    found = replace(problem, step=steps)
    worse = found.objectives(codes) > problem.objectives(codes)
    return replace(problem, step=torch.where(worse, problem.step, steps))


def _steps(problem: Problem, side: Side, codes: Tensor, goal: Tensor) -> Tensor:
    """Return the steps of the rows of one matrix, shape (columns, rows of it)."""
    assert side.groups is not None
    count = int(side.groups.max()) + 1
    kept = problem.step[:, side.rows]
    units = torch.where(kept > 0, codes - problem.zero[:, side.rows], 0.0)
    matrix = torch.empty(count, count, units.shape[1])
    into = torch.nn.functional.one_hot(side.groups, count).T.float()
    old = torch.empty(units.shape[1], count)
    for number in range(count):
        members = torch.nonzero(side.groups == number)[:, 0]
        pull = problem.hessian[:, members] @ units[members]
        torch.mm(into, pull.mul_(units), out=matrix[number])
        old[:, number] = kept[members].amax(0)
    new = _solved(matrix.permute(2, 0, 1).double(), (into @ (units * goal)).T.double())
    new = torch.where(new.isfinite() & (new > 0), new, old)
    return torch.where(kept > 0, new.T[side.groups], 0.0)


def _solved(matrix: Tensor, right: Tensor) -> Tensor:
    """Return the steps as they can be stored, shape (rows, groups), float32."""
    ridge = matrix.diagonal(dim1=1, dim2=2).mean(1).clamp(min=torch.finfo(torch.float32).tiny)
    eye = torch.eye(matrix.shape[1], dtype=matrix.dtype)
    found = torch.linalg.solve(matrix + _RIDGE * ridge[:, None, None] * eye, right)
    return found.to(torch.float16).float()
