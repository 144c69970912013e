"""QAOA: layers of a phase by the cost and of a mixer, then samples.

A simulator computes all 2**n energies before its first shot, so that enumeration would have solved
the problem; only what runs on a machine is not decided by then. Budgets count each shot as one
evaluation, on a simulator too.
"""

from collections.abc import Iterator

from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.qaoa.exact import solve_exactly
from qml.algorithms.solvers.qaoa.options import Options
from qml.algorithms.solvers.qaoa.shots import demand, solve_by_shots
from qml.algorithms.solvers.sampled import on_engine

QUANTUM = True


def propose(task: Task, options: Options) -> Iterator[Proposals]:
    """Yield shots: of the engine's exact distribution, or of circuits on a backend.

    Raises:
        PlanError: The mixer cannot keep the constraints, or the state is too large.
        ConfigError: There is no table of such angles.
    """
    if on_engine(task.evaluator):
        yield from solve_exactly(task, options)
    else:
        yield from solve_by_shots(task, options)


__all__ = ["QUANTUM", "Options", "demand", "propose"]
