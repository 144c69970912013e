"""D-Wave's annealers: the backend anneals the problem, constraints become penalties.

Quantum annealing in the transverse-field Ising model (Kadowaki and Nishimori, arXiv:cond-mat/
9804280). One submission is `backend.shots` reads, and each read is one evaluation.
"""

from collections.abc import Iterator

import numpy as np
from pydantic import Field

from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.sampled import Demand, Machine, Submission
from qml.circuits import Circuit
from qml.circuits.ising import ising_circuit
from qml.config.base import Section
from qml.errors import PlanError
from qml.problems import Arrays
from qml.problems.penalty import penalised
from qml.problems.slack import with_slack

QUANTUM = True


class Options(Section):
    """How it is asked."""

    submissions: int = Field(1, ge=1, description="Submissions, each of backend.shots reads.")
    penalty: float | None = Field(
        None,
        gt=0,
        description="Cost of a unit of violation; above any single flip's gain where None.",
    )


def propose(task: Task, options: Options) -> Iterator[Proposals]:
    """Yield the reads of each submission.

    Raises:
        PlanError: There is no annealer to ask, or a constraint cannot be a penalty.
    """
    if task.evaluator is None:
        raise PlanError(
            "solver `dwave` needs an annealer",
            hint="--backend dwave (D-Wave's own mock), or dwave.NAME for a machine",
        )
    machine = Machine.of(task, "dwave")
    circuit = program(task.problem, options)
    for number in range(options.submissions):
        if not machine.affordable(1):
            return
        for reads in machine.run(f"submission/{number}", [circuit]):
            yield reads._replace(samples=reads.samples[:, : task.problem.size])


def demand(problem: Arrays, options: Options) -> Demand:
    """Return what a run submits at most.

    Raises:
        PlanError: A constraint cannot be a penalty.
    """
    return Demand(
        circuits=(program(problem, options),),
        submissions=(Submission(options.submissions, 1, "submission"),),
    )


def program(problem: Arrays, options: Options) -> Circuit:
    """Return the problem as an annealer takes it: penalties, and slack bits behind the variables.

    Raises:
        PlanError: A constraint cannot be a penalty.
    """
    free = penalised(with_slack(problem), options.penalty) if problem.constrained else problem
    return ising_circuit(free.size, *spins(free))


def spins(problem: Arrays) -> tuple[dict[int, float], dict[tuple[int, int], float]]:
    """Return fields and couplings with x = (1 - s) / 2, without the constant."""
    quarter = problem.couplings / 4
    fields = -problem.linear / 2 - quarter.sum(axis=1)
    rows, columns = np.nonzero(np.triu(quarter, 1))
    couplings = {(int(i), int(j)): float(quarter[i, j]) for i, j in zip(rows, columns, strict=True)}
    return {i: float(h) for i, h in enumerate(fields)}, couplings
