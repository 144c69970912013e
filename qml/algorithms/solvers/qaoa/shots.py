"""QAOA on a backend: circuits go out, counts come back."""

from collections.abc import Generator, Iterator

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.qaoa.angles import Angles
from qml.algorithms.solvers.qaoa.ansatz import build, choose_mixer
from qml.algorithms.solvers.qaoa.choice import initial_angles
from qml.algorithms.solvers.qaoa.circuit import QaoaCircuits
from qml.algorithms.solvers.qaoa.exact import descend
from qml.algorithms.solvers.qaoa.options import Options
from qml.algorithms.solvers.qaoa.warm import warm_angles
from qml.algorithms.solvers.sampled import Demand, Machine, Submission, nothing, share_mean, spsa
from qml.problems import Arrays

Vector = NDArray[np.float64]


def solve_by_shots(task: Task, options: Options) -> Iterator[Proposals]:
    """Choose the angles, then run the final circuit as many rounds as asked for.

    Every submission has a place of its own, so that a run that goes on buys none twice.
    """
    machine = Machine.of(task, "qaoa")
    mixer = choose_mixer(task.problem, options)
    warm = warm_angles(task.problem, task.start, options, mixer)
    circuits = QaoaCircuits(task.problem, options, mixer, warm)
    angles = initial_angles(task.problem, options, mixer)
    if options.angles == "optimise":
        search = _on_engine if options.search == "engine" else _by_shots
        angles = yield from search(task, options, circuits, angles, machine)
    circuit = circuits.bind(angles)
    for number in range(options.rounds):
        if not machine.affordable(1):
            return
        (found,) = machine.run(f"sample/{number}", [circuit])
        yield found


def demand(problem: Arrays, options: Options, start: NDArray[np.int8] | None = None) -> Demand:
    """Return what a run on a backend submits at most.

    Raises:
        PlanError: No circuit keeps the constraints.
        ConfigError: There is no table of such angles.
    """
    mixer = choose_mixer(problem, options)
    warm = warm_angles(problem, start, options, mixer)
    circuits = QaoaCircuits(problem, options, mixer, warm)
    submissions = [Submission(options.rounds, 1, "final circuit")]
    searched = options.angles == "optimise"
    if searched and options.search == "shots":
        submissions.insert(0, Submission(options.iterations, 2, "step towards the angles"))
    return Demand(
        circuits=(circuits.bind(initial_angles(problem, options, mixer)),),
        submissions=tuple(submissions),
        layers=options.layers,
        parameters=2 * options.layers,
        enumerated=searched and options.search == "engine",
    )


def _on_engine(
    task: Task, options: Options, circuits: QaoaCircuits, start: Angles, machine: Machine
) -> Generator[Proposals, None, Angles]:
    """Find the angles from the exact distribution, for nothing."""
    del circuits, machine
    mixer = choose_mixer(task.problem, options)
    ansatz = build(
        task.problem, options, angles=warm_angles(task.problem, task.start, options, mixer)
    )
    return (yield from descend(ansatz, start, options, lambda _: nothing(ansatz.wires)))


def _by_shots(
    task: Task, options: Options, circuits: QaoaCircuits, start: Angles, machine: Machine
) -> Generator[Proposals, None, Angles]:
    """Find the angles by SPSA: two circuits a step, whatever the number of angles."""
    layers, unit = len(start.gammas), float(start.gammas.max()) or 1.0

    def angles_at(x: Vector) -> Angles:
        return Angles(x[:layers] * unit, x[layers:])

    steps = spsa(np.concatenate([start.gammas / unit, start.betas]), task.seed)
    trials, best = next(steps), start
    for number in range(options.iterations):
        if not machine.affordable(len(trials) + 1):  # the final circuit comes after
            break
        seen = machine.run(f"angles/{number}", [circuits.bind(angles_at(x)) for x in trials])
        yield from seen
        values = [share_mean(task.problem, s.samples, options.cvar, options.penalty) for s in seen]
        trials = steps.send(np.array(values))
        best = angles_at(trials.mean(axis=0))
    return best
