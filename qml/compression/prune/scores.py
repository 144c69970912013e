"""Pruning by a score of each weight; what stays is not changed."""

from torch import Tensor

from qml.compression.prune.problem import Pattern, Problem, Pruned
from qml.compression.prune.quota import keep_best, keep_best_of_groups, keep_best_of_rows


def magnitude(problem: Problem) -> Pruned:
    """Remove the smallest weights of the whole matrix."""
    return _kept(problem, by_size(problem.weight, problem.zeros, problem.pattern))


def wanda(problem: Problem) -> Pruned:
    """Remove the smallest |w| |x| of each row (Sun et al., arXiv:2306.11695)."""
    return _kept(problem, _best_of_rows(problem, problem.weight.abs() * problem.norms))


def by_size(weight: Tensor, zeros: int, pattern: Pattern | None) -> Tensor:
    """Return the mask that loses the smallest weights, of the matrix or of each group."""
    if pattern is not None:
        return keep_best_of_groups(weight.abs(), pattern)
    return keep_best(weight.abs(), zeros)


def smallest(problem: Problem) -> Pruned:
    """Remove the smallest weights of each row: a start for swaps inside rows."""
    return _kept(problem, _best_of_rows(problem, problem.weight.abs()))


def _best_of_rows(problem: Problem, scores: Tensor) -> Tensor:
    if problem.pattern is not None:
        return keep_best_of_groups(scores, problem.pattern)
    return keep_best_of_rows(scores, problem.zeros)


def _kept(problem: Problem, mask: Tensor) -> Pruned:
    return Pruned(problem.weight * mask, mask)
