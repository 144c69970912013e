"""One name, one way of rounding: the solvers of `[compress.round]`."""

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any, NamedTuple

import numpy as np
import torch
from pydantic import ValidationError
from torch import Tensor

from qml.algorithms.solvers import Budget, solve
from qml.compression.round.annealing import Options, anneal
from qml.compression.round.blocks import Plan, by_blocks
from qml.compression.round.descent import descend
from qml.compression.round.effort import Effort
from qml.compression.round.gptq import gptq
from qml.compression.round.problem import Problem
from qml.compression.round.scales import refitted
from qml.compression.round.threads import one_thread
from qml.compression.solvers import LOCAL, check_local
from qml.config.sections.compress.rounding import RoundSection
from qml.errors import ConfigError
from qml.problems.rounding import rounding

NEAREST, GPTQ, DESCENT, ANNEALING = "rtn", "gptq", "coordinate_descent", "annealing"
OWN = (NEAREST, GPTQ, DESCENT, ANNEALING)
_SMALL = 1 << 22
"""Weights up to which one thread does all: its products take about a millisecond each, and handing
them to others took four times as long as the work where other programs run."""


def check_solver(name: str, section: RoundSection) -> None:
    """Refuse a solver that is not known, or that its settings do not go with.

    Raises:
        ConfigError: Says what is wrong.
        PlanError: The solver cannot work on blocks of this size here.
    """
    check_local("compress.round", name, tuple(dict.fromkeys([*OWN, *LOCAL])))
    options = section.options if name == section.solver else {}
    if name == ANNEALING:
        _annealing(options)
    elif name in OWN and options:
        raise ConfigError(f"compress.round.options: `{name}` has no settings of its own")
    elif name not in OWN:
        _check_blocks(name, section, options)


def _check_blocks(name: str, section: RoundSection, options: Mapping[str, Any]) -> None:
    if name == "exact" and 2**section.block > section.evaluations:
        raise ConfigError(
            f"compress.round: `exact` evaluates 2^{section.block} assignments of a block, and"
            f" compress.round.evaluations is {section.evaluations}",
            hint="smaller blocks, or more evaluations",
        )
    size = section.block
    block = rounding(np.full(size, -0.5), 1.0, np.eye(size))
    solve(block, name, budget=Budget(evaluations=1), options=options)


class Solved(NamedTuple):
    """What a solver made of a problem.

    Attributes:
        problem: The problem, with other steps where scales were fitted again.
        codes: Shape (columns, rows), float32.
    """

    problem: Problem
    codes: Tensor


def solved(
    name: str, problem: Problem, section: RoundSection, *, seed: int, effort: Effort
) -> Solved:
    """Round a layer.

    Where the effort ends early, they are the best so far: those of `rtn` at least.

    Args:
        name: Which solver.
        problem: What is rounded.
        section: Settings.
        seed: Feeds every random choice.
        effort: Counts, and ends it.
    """
    with effort.solving(), one_thread() if problem.size <= _SMALL else nullcontext():
        codes = problem.nearest(problem.target)
        if name == NEAREST or effort.over():
            return Solved(problem, codes)
        order = torch.argsort(problem.hessian.diagonal(), descending=True, stable=True)
        found = gptq(problem, order=order if section.order else None)
        effort.spend(problem.size)
        if name == GPTQ:
            return Solved(problem, found)
        start = Solved(problem, _lower(problem, codes, found))
        now = _descended(start, section, effort)
        return now if name == DESCENT else _further(name, now, section, seed, effort)


def _further(name: str, start: Solved, section: RoundSection, seed: int, effort: Effort) -> Solved:
    """Go on from coordinate descent."""
    options = section.options if name == section.solver else {}
    if name == ANNEALING:
        codes = anneal(*start, _annealing(options), seed=seed, effort=effort)
        return start._replace(codes=codes)
    plan = Plan(
        solver=name,
        size=section.block,
        count=section.blocks,
        evaluations=section.evaluations,
        options=options,
        stop=effort.stop,
    )
    return start._replace(codes=by_blocks(*start, plan, seed=seed, effort=effort))


def _descended(start: Solved, section: RoundSection, effort: Effort) -> Solved:
    """Descend; then, as often as asked for, fit the scales to the codes and descend again."""
    now = start._replace(codes=_swept(*start, section.sweeps, effort))
    for _ in range(section.refits):
        if effort.over():
            break
        problem = refitted(*now)
        effort.spend(problem.size)
        now = Solved(problem, _swept(problem, now.codes, (section.sweeps + 1) // 2, effort))
    return now


def _lower(problem: Problem, one: Tensor, other: Tensor) -> Tensor:
    """Return for each row the codes of lower objective."""
    return torch.where(problem.objectives(one) <= problem.objectives(other), one, other)


def _swept(problem: Problem, codes: Tensor, sweeps: int, effort: Effort) -> Tensor:
    if effort.over():
        return codes
    for number, found in enumerate(descend(problem, codes), start=1):
        codes = found
        effort.spend(problem.size)
        if number == sweeps or effort.over():
            break
    return codes


def _annealing(options: Mapping[str, Any]) -> Options:
    try:
        return Options.model_validate(dict(options))
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(
            f"compress.round.options.{first['loc'][0]}: {first['msg']}",
            hint=f"it has: {', '.join(Options.model_fields)}",
        ) from None
