"""Masks by pair terms (Yu et al., ICML 2022, arXiv:2203.04466), with and without updates."""

import torch

from qml.compression.prune.problem import Problem, Pruned
from qml.compression.prune.refine import refined
from qml.compression.prune.scores import smallest, wanda
from qml.compression.prune.sparsegpt import sparsegpt
from qml.compression.prune.swaps import exchanged
from qml.compression.prune.update import updated


def brain_surgeon(problem: Problem) -> Pruned:
    """Exchange with updates, from the better of Wanda's and SparseGPT's results."""
    starts = (wanda(problem), sparsegpt(problem))
    start = min(starts, key=lambda one: float(problem.losses(one.weight).sum()))
    return refined(problem, start)


def brain_surgeon_mask(problem: Problem) -> Pruned:
    """Exchange from the better of two starts, row by row; what stays is unchanged."""
    one, two = wanda(problem), smallest(problem)
    better = problem.losses(one.weight) <= problem.losses(two.weight)
    start = torch.where(better[:, None], one.mask, two.mask)
    mask = exchanged(problem, start)
    return Pruned(problem.weight * mask, mask)


def wanda_update(problem: Problem) -> Pruned:
    """Wanda's mask with the best values of what stays: tells what the mask adds."""
    found = wanda(problem)
    return Pruned(updated(problem, *found), found.mask)


def sparsegpt_update(problem: Problem) -> Pruned:
    """SparseGPT's mask with the best values of what stays, not those of its one pass."""
    found = sparsegpt(problem)
    return Pruned(updated(problem, *found), found.mask)
