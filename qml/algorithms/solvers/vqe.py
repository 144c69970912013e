"""VQE: a circuit that knows nothing of the problem; the best share of its shots finds its angles.

Peruzzo et al., Nature Communications 5, 4213 (2014), arXiv:1304.3061; conditional value at risk
after Barkoutsos et al., arXiv:1907.04769. As with QAOA, a simulator computes all 2**n energies
before its first shot.
"""

from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import Any, Literal

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from qml.algorithms.ansatze.base import Ansatz
from qml.algorithms.solvers.base import Proposals, Task
from qml.algorithms.solvers.descent import bfgs
from qml.algorithms.solvers.qaoa.ansatz import precision, refuse_large
from qml.algorithms.solvers.qaoa.penalty import penalties
from qml.algorithms.solvers.sampled import (
    Demand,
    Machine,
    Shots,
    Submission,
    nothing,
    on_engine,
    share_mean,
    spsa,
)
from qml.circuits import Circuit, CircuitModel, Gate
from qml.config.base import Section
from qml.engine import states
from qml.engine.diagonal import bits_of, cvar, quadratic_costs
from qml.plugins import load
from qml.problems import Arrays
from qml.seeds import derive

QUANTUM = True
SPREAD = 0.1
"""Standard deviation of the first angles, radians: the start is close to |+>."""

Vector = NDArray[np.float64]


class Options(Section):
    """Layers, and how their angles are found."""

    layers: int = Field(2, ge=1, description="Layers of the ansatz (layers).")
    ansatz: str = Field("real_amplitudes", description="Kind of layer: an ansatz by name.")
    cvar: float = Field(
        0.2, gt=0, le=1, description="Share of the best shots that angles are chosen by (fraction)."
    )
    penalty: float | None = Field(
        None, gt=0, description="Cost of a broken constraint; the largest flip if not set."
    )
    iterations: int = Field(
        100, ge=1, description="Steps of the descent that finds angles (iterations)."
    )
    shots: int = Field(
        1000, ge=1, description="Shots drawn at a time where no backend sets them (shots)."
    )
    rounds: int = Field(
        1, ge=1, description="Samplings of the final circuit on a backend (submissions)."
    )
    search: Literal["engine", "shots"] = Field(
        "engine", description="Where angles are found for a backend: on the engine, or by shots."
    )


def propose(task: Task, options: Options) -> Iterator[Proposals]:
    """Find the angles, then yield shots.

    Raises:
        PlanError: The state is too large, or the backend has no shots.
    """
    model, weights = family(task.problem, options), first_weights(task.problem, options, task.seed)
    if on_engine(task.evaluator):
        yield from _exactly(task, options, model, weights)
        return
    machine = Machine.of(task, "vqe")
    if options.search == "engine":
        life = nothing(task.problem.size)
        weights = yield from _descend(task.problem, options, model, weights, lambda _: life)
    else:
        weights = yield from _by_shots(task, options, model, weights, machine)
    for number in range(options.rounds):
        if machine.affordable(1):
            yield from machine.run(f"sample/{number}", [_bound(model, weights)])


def _exactly(
    task: Task, options: Options, model: CircuitModel, start: Vector
) -> Iterator[Proposals]:
    """Draw shots while the angles get better, then until the allowance ends."""
    shots = Shots(task, partial(bits_of, wires=task.problem.size), options.shots)
    run = jax.jit(_distribution(model))

    def chances(weights: Vector) -> Vector:
        return np.asarray(run(jnp.asarray(weights, precision())), np.float64)

    weights = yield from _descend(
        task.problem, options, model, start, lambda w: shots.once(chances(w))
    )
    yield from shots.on(chances(weights))


def demand(problem: Arrays, options: Options) -> Demand:
    """Return what a run on a backend submits at most."""
    model = family(problem, options)
    submissions = [Submission(options.rounds, 1, "final circuit")]
    if options.search == "shots":
        submissions.insert(0, Submission(options.iterations, 2, "step towards the angles"))
    return Demand(
        circuits=(_bound(model, first_weights(problem, options, 0)),),
        submissions=tuple(submissions),
        layers=options.layers,
        parameters=model.parameters,
        enumerated=options.search == "engine",
    )


def family(problem: Arrays, options: Options) -> CircuitModel:
    """Return the circuits: |+> on every wire, then layers of the ansatz."""
    ansatz: Ansatz = load("ansatze", options.ansatz)
    wires, each = problem.size, ansatz.shape(problem.size)

    def build(inputs: Any, weights: Any) -> Circuit:
        del inputs
        gates = [Gate("h", (wire,)) for wire in range(wires)]
        for index in range(options.layers):
            gates += ansatz.layer(weights[index], wires, index)
        return Circuit.of(wires, gates)

    shape = (options.layers, *each)
    return CircuitModel(wires=wires, features=0, weights_shape=shape, build=build, observables=())


def first_weights(problem: Arrays, options: Options, seed: int) -> Vector:
    """Draw small angles, (parameters,)."""
    count = family(problem, options).parameters
    return np.random.default_rng(derive(seed, "weights")).normal(0, SPREAD, count)


def _bound(model: CircuitModel, weights: Vector) -> Circuit:
    return model.build(np.zeros(0), weights.reshape(model.weights_shape))


def _distribution(model: CircuitModel) -> Any:
    """Return a function from weights (parameters,) to the probability of each index."""
    run = states(model, precision=precision())

    def chances(weights: Any) -> Any:
        return jnp.abs(run(jnp.zeros((1, 0)), weights.reshape(model.weights_shape))[0]) ** 2

    return chances


def _descend(
    problem: Arrays,
    options: Options,
    model: CircuitModel,
    start: Vector,
    show: Callable[[Vector], Proposals],
) -> Generator[Proposals, None, Vector]:
    """Find the angles from the exact distribution; yields what each step shows."""
    refuse_large(problem.size)
    costs = quadratic_costs(problem.linear, problem.couplings, problem.offset)
    if problem.constrained:
        costs += penalties(problem, options.penalty)
    chances, unit = _distribution(model), float(np.ptp(costs)) or 1.0
    goal = cvar(costs / unit, options.cvar, precision())
    slope = jax.jit(jax.value_and_grad(lambda w: goal(chances(w))))

    def function(x: Vector) -> tuple[float, Vector]:
        value, gradient = slope(jnp.asarray(x, precision()))
        return float(value), np.asarray(gradient, np.float64)

    best = start
    yield show(best)
    for _, point in zip(range(options.iterations), bfgs(function, start), strict=False):
        best = point.x
        yield show(best)
    return best


def _by_shots(
    task: Task, options: Options, model: CircuitModel, start: Vector, machine: Machine
) -> Generator[Proposals, None, Vector]:
    """Find the angles by SPSA: two circuits a step."""
    steps = spsa(start, task.seed)
    trials, best = next(steps), start
    for number in range(options.iterations):
        if not machine.affordable(len(trials) + 1):  # the final circuit comes after
            break
        seen = machine.run(f"angles/{number}", [_bound(model, x) for x in trials])
        yield from seen
        values = [share_mean(task.problem, s.samples, options.cvar, options.penalty) for s in seen]
        trials = steps.send(np.array(values))
        best = trials.mean(axis=0)
    return best
