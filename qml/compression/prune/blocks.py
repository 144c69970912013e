"""Masks of small blocks as binary quadratic problems: what each solver finds of the exact optimum.

A block is a few weights of one row; x_i = 1 removes weight i. With H of their inputs the loss is
sum_ij H_ij w_i w_j x_i x_j under sum_i x_i = k (Yu et al., arXiv:2203.04466), here in parts of
sum_i H_ii w_i^2: what all of them cost one by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from qml.algorithms.solvers import Budget, solve
from qml.compression.prune.problem import Problem
from qml.compression.prune.scores import magnitude, wanda
from qml.compression.prune.swaps import exchanged
from qml.compression.subjects.base import Unit
from qml.problems import Arrays, Group
from qml.seeds import Seeds

SCORES = ("magnitude", "wanda", "exchanges")
_FLOOR = 1e-9


class Place(NamedTuple):
    """Where a block is.

    Attributes:
        unit: Name of the unit.
        row: Its row.
        columns: Its columns.
    """

    unit: str
    row: int
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one way found on all blocks.

    Attributes:
        losses: Shape (blocks,), in parts of what all weights cost one by one.
        evaluations: Evaluations of all blocks together.
        seconds: Wall time of all blocks (s).
    """

    losses: NDArray[np.float64]
    evaluations: int
    seconds: float


def places(units: Sequence[Unit], count: int, size: int, seeds: Seeds) -> tuple[Place, ...]:
    """Draw blocks, seeded: a unit, a row, some columns."""
    draw = np.random.default_rng(seeds["prune/blocks"])
    found = []
    for _ in range(count):
        unit = units[int(draw.integers(len(units)))]
        columns = draw.choice(unit.columns, min(size, unit.columns), replace=False)
        row = int(draw.integers(unit.rows))
        found.append(Place(unit.name, row, tuple(sorted(int(c) for c in columns))))
    return tuple(found)


def cut(problem: Problem, place: Place, share: float) -> Problem:
    """Return a block of a matrix as a problem of its own."""
    columns = torch.tensor(place.columns)
    return Problem(
        weight=problem.weight[place.row, columns][None].clone(),
        hessian=problem.hessian[columns][:, columns].clone(),
        norms=problem.norms[columns].clone(),
        zeros=round(share * len(place.columns)),
        seed=problem.seed,
    )


def arrays(block: Problem) -> Arrays:
    """Return a block as a binary quadratic problem; x_i = 1 removes weight i."""
    weight = block.weight[0].double().numpy()
    pairs = weight[:, None] * block.hessian.double().numpy() * weight
    pairs /= max(np.trace(pairs), np.finfo(float).tiny)
    linear = pairs.diagonal().copy()
    np.fill_diagonal(pairs, 0)
    everyone = tuple(range(len(weight)))
    return Arrays(
        names=everyone,
        linear=linear,
        couplings=2 * pairs,
        offset=0.0,
        groups=(Group("zeros", everyone, block.zeros, block.zeros),),
    )


def compare(
    blocks: Sequence[Problem], solvers: Iterable[str], evaluations: int, seed: int
) -> dict[str, Found]:
    """Solve all blocks in every way: by score, by exchanges, by each solver.

    Args:
        blocks: Problems of one row each.
        solvers: Registered names.
        evaluations: Of each solver on each block.
        seed: Feeds every random choice.
    """
    problems = [arrays(block) for block in blocks]
    return {
        **{name: _by_score(name, blocks, problems) for name in SCORES},
        **{name: _by_solver(name, problems, evaluations, seed) for name in solvers},
    }


def table(found: Mapping[str, Found]) -> dict[str, dict[str, Any]]:
    """Return for the records: losses, their geometric mean over Wanda's, least ones found."""
    least = np.min([way.losses for way in found.values()], axis=0)
    wanda_losses = np.maximum(found["wanda"].losses, _FLOOR)
    return {
        name: {
            "loss": float(way.losses.mean()) if np.isfinite(way.losses).all() else None,
            "ratio_to_wanda": float(
                np.exp(np.log(np.maximum(way.losses, _FLOOR) / wanda_losses).mean())
            ),
            "best": int((way.losses <= least + _FLOOR).sum()),
            "blocks": len(way.losses),
            "evaluations": way.evaluations,
            "seconds": way.seconds,
        }
        for name, way in found.items()
    }


def _by_score(name: str, blocks: Sequence[Problem], problems: Sequence[Arrays]) -> Found:
    began = perf_counter()
    masks = [_mask(name, block) for block in blocks]
    samples = [(~mask).numpy().astype(np.int8) for mask in masks]
    losses = [p.objectives(x)[0] for p, x in zip(problems, samples, strict=True)]
    return Found(losses=np.array(losses), evaluations=0, seconds=perf_counter() - began)


def _mask(name: str, block: Problem) -> torch.Tensor:
    if name == "magnitude":
        return magnitude(block).mask
    mask = wanda(block).mask
    return mask if name == "wanda" else exchanged(block, mask)


def _by_solver(name: str, problems: Sequence[Arrays], evaluations: int, seed: int) -> Found:
    budget = Budget() if name == "exact" else Budget(evaluations=evaluations)
    answers = [solve(problem, name, budget=budget, seed=seed) for problem in problems]
    losses = [np.inf if a.objective is None else a.objective for a in answers]
    return Found(
        losses=np.array(losses),
        evaluations=sum(a.evaluations for a in answers),
        seconds=sum(a.seconds for a in answers),
    )
