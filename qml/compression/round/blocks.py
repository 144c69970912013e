"""QUBOs in blocks: some weights of a row at a time, rounded down or up by any solver of QUBOs.

With all other weights of the row held fixed, those of a block have a real-valued minimum; each is
rounded down or up from there. A block is kept where it lowers the objective.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor

from qml.algorithms.solvers import Budget, solve
from qml.compression.round.effort import Effort
from qml.compression.round.problem import Problem
from qml.problems import Arrays
from qml.problems.rounding import rounding
from qml.seeds import derive


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How blocks are solved.

    Attributes:
        solver: A registered solver of QUBOs.
        size: Weights of a block.
        count: Blocks of a layer.
        evaluations: Most evaluations of a block.
        options: Settings of the solver.
        stop: Whether somebody asked to stop.
    """

    solver: str
    size: int
    count: int
    evaluations: int
    options: Mapping[str, Any] = field(default_factory=dict)
    stop: Callable[[], bool] = lambda: False


def by_blocks(problem: Problem, codes: Tensor, plan: Plan, *, seed: int, effort: Effort) -> Tensor:
    """Return codes whose objective is not above that of the codes it began with.

    Args:
        problem: What is rounded.
        codes: Where to begin, shape (columns, rows), float32.
        plan: How.
        seed: Feeds the choice of weights, and the solver.
        effort: Is asked before each block.
    """
    random = np.random.default_rng(seed)
    codes = codes.clone()
    worst = torch.argsort(problem.objectives(codes), descending=True, stable=True)
    for number in range(plan.count):
        if effort.over():
            break
        row = _Row(problem, codes, int(worst[number % len(worst)]))
        columns = row.block(plan.size, random)
        if len(columns):
            found, used = row.solved(columns, plan, derive(seed, f"block/{number}"))
            effort.spend(used)
            codes[columns, row.place] = found
    return codes


class _Row:
    """One row of a problem in double precision."""

    def __init__(self, problem: Problem, codes: Tensor, place: int) -> None:
        self.place = place
        self.hessian = problem.hessian
        self.step = problem.step[:, place].double()
        self.low, self.high = problem.low[:, place].double(), problem.high[:, place].double()
        self.codes = codes[:, place].double()
        values = self.step * (self.codes - problem.zero[:, place].double())
        self.error = values - problem.target[:, place].double()

    def block(self, size: int, random: np.random.Generator) -> Tensor:
        """Return a random weight that may change, and those that are coupled to it most."""
        free = torch.nonzero((self.high > self.low) & (self.step > 0))[:, 0]
        if not len(free):
            return free
        seed = free[int(random.integers(len(free)))]
        pull = (self.hessian[seed, free] * self.step[free]).abs()
        pull[free == seed] = torch.inf
        return free[torch.topk(pull, min(size, len(free))).indices].sort().values

    def solved(self, columns: Tensor, plan: Plan, seed: int) -> tuple[Tensor, int]:
        """Return the codes of a block, and the evaluations that they took."""
        part = self.hessian[columns][:, columns].double()
        down = self._down(columns, part)
        problem = self._qubo(columns, part, down)
        answer = solve(
            problem,
            plan.solver,
            budget=Budget(evaluations=plan.evaluations),
            seed=seed,
            options=plan.options,
            stop=plan.stop,
        )
        before = self.error[columns] @ part @ self.error[columns]
        before += 2 * self.error[columns] @ self._push(columns, part)
        if answer.best is None or answer.objective is None or answer.objective >= float(before):
            return self.codes[columns].float(), answer.evaluations
        return (down + torch.from_numpy(answer.best)).float(), answer.evaluations

    def _push(self, columns: Tensor, part: Tensor) -> Tensor:
        """Return what the rest of the row adds to the slope, shape (block,)."""
        return self.hessian[columns].double() @ self.error - part @ self.error[columns]

    def _down(self, columns: Tensor, part: Tensor) -> Tensor:
        """Return codes just below the real-valued minimum, with room for one more."""
        best = -torch.linalg.solve(part, self._push(columns, part))
        wanted = self.codes[columns] + (best - self.error[columns]) / self.step[columns]
        return torch.minimum(
            torch.maximum(wanted.floor(), self.low[columns]), self.high[columns] - 1
        )

    def _qubo(self, columns: Tensor, part: Tensor, down: Tensor) -> Arrays:
        """Return the problem, up to what the rest of the row costs by itself."""
        step = self.step[columns]
        errors = self.error[columns] + step * (down - self.codes[columns])
        arrays = rounding(errors.numpy(), step.numpy(), part.numpy())
        push = self._push(columns, part)
        return Arrays(
            names=arrays.names,
            linear=arrays.linear + 2 * (step * push).numpy(),
            couplings=arrays.couplings,
            offset=arrays.offset + float(2 * errors @ push),
        )
