"""The assignments that a mixer keeps to."""

from collections.abc import Callable
from itertools import combinations
from math import comb, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.engine.diagonal import bits_of
from qml.engine.diagonal.pairs import keys_of
from qml.errors import PlanError
from qml.problems import Arrays, Group

LARGEST = 1 << 24
"""Most amplitudes that a state may have."""
CHUNK = 1 << 18
"""Samples that are looked at at once."""


def feasible_assignments(problem: Arrays) -> NDArray[np.int8]:
    """Enumerate the assignments that break no constraint, in ascending order of their indices.

    Disjoint groups are enumerated one by one, so that a small cardinality among many variables is
    no trouble; what else constrains is filtered.

    Returns:
        Shape (d, n).

    Raises:
        PlanError: There are too many candidates, or none is feasible.
    """
    groups = _disjoint(problem.groups)
    count = candidates(problem)
    if count > LARGEST:
        raise PlanError(
            f"{count:,} assignments would have to be kept; a state may have {LARGEST:,}",
            hint="fewer variables, or another solver, e.g. annealing",
        )
    taken = {i for group in groups for i in group.members}
    free = tuple(i for i in range(problem.size) if i not in taken)
    parts = [(g.members, _patterns(len(g.members), g.low, g.high)) for g in groups]
    parts += [(free, _patterns(len(free), 0, len(free)))] if free else []
    kept = _product(parts, problem.size)
    kept = kept[in_chunks(problem.feasible, kept)]
    if not len(kept):
        raise PlanError("no assignment satisfies the constraints")
    return np.asarray(kept[np.argsort(keys_of(kept))])


def in_chunks(
    function: Callable[[NDArray[np.int8]], NDArray[Any]], samples: NDArray[np.int8]
) -> NDArray[Any]:
    """Apply a function of samples (m, n) piece by piece: it works in double precision inside."""
    pieces = range(0, len(samples), CHUNK)
    return np.concatenate([function(samples[i : i + CHUNK]) for i in pieces])


def candidates(problem: Arrays) -> int:
    """Count the assignments that disjoint groups leave."""
    groups = _disjoint(problem.groups)
    free = problem.size - sum(len(g.members) for g in groups)
    within = (sum(comb(len(g.members), k) for k in range(g.low, g.high + 1)) for g in groups)
    return int(prod(within)) << free


def kept_by_exchanges(problem: Arrays) -> bool:
    """Whether exchanges within disjoint groups of fixed numbers of ones keep every constraint."""
    groups = problem.groups
    return bool(groups) and kept_by_groups(problem) and all(g.low == g.high for g in groups)


def kept_by_groups(problem: Arrays) -> bool:
    """Whether the constraints are disjoint groups and nothing else."""
    return len(_disjoint(problem.groups)) == len(problem.groups) and not problem.limits


def _disjoint(groups: tuple[Group, ...]) -> list[Group]:
    """Choose groups that share no variable, the most restrictive first."""
    chosen: list[Group] = []
    for group in sorted(groups, key=lambda g: -len(g.members)):
        if not any(set(group.members) & set(other.members) for other in chosen):
            chosen.append(group)
    return chosen


def _patterns(size: int, low: int, high: int) -> NDArray[np.int8]:
    """All bit patterns with so many ones, (count, size)."""
    if low == 0 and high == size:
        return bits_of(np.arange(1 << size), size)
    rows = [chosen for k in range(low, high + 1) for chosen in combinations(range(size), k)]
    found = np.zeros((len(rows), size), dtype=np.int8)
    for row, chosen in enumerate(rows):
        found[row, list(chosen)] = 1
    return found


def _product(parts: list[tuple[tuple[int, ...], NDArray[np.int8]]], size: int) -> NDArray[np.int8]:
    """Combine patterns of disjoint sets of variables, (product of counts, size)."""
    total = prod(len(patterns) for _, patterns in parts)
    found = np.zeros((total, size), dtype=np.int8)
    inner = 1
    for members, patterns in parts:
        rows = np.tile(np.repeat(np.arange(len(patterns)), inner), total // inner // len(patterns))
        found[:, list(members)] = patterns[rows]
        inner *= len(patterns)
    return found
