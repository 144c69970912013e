"""Masks by pair terms, then the best values of what stays."""

import torch

from qml.compression.prune.problem import Problem, Pruned
from qml.compression.prune.scores import smallest, wanda
from qml.compression.prune.swaps import exchanged
from qml.compression.prune.update import updated


def brain_surgeon_mask(problem: Problem) -> Pruned:
    """Choose by pair terms from the better of two starts, row by row; what stays is unchanged."""
    one, two = wanda(problem), smallest(problem)
    better = problem.losses(one.weight) <= problem.losses(two.weight)
    start = torch.where(better[:, None], one.mask, two.mask)
    mask = exchanged(problem, start)
    return Pruned(problem.weight * mask, mask)


def brain_surgeon(problem: Problem) -> Pruned:
    """Choose by pair terms, and update what stays."""
    found = brain_surgeon_mask(problem)
    return Pruned(updated(problem, found.weight, found.mask), found.mask)


def wanda_update(problem: Problem) -> Pruned:
    """Wanda's mask with the same update: tells what the mask adds."""
    found = wanda(problem)
    return Pruned(updated(problem, found.weight, found.mask), found.mask)
