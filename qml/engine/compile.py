"""From a circuit model to JAX functions.

The road: trace the model, lower its gates to three kinds of operations, schedule them into blocks,
and run the blocks over a batch of states.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax.numpy as jnp

from qml.circuits.evaluator import DifferentiableCircuit
from qml.circuits.model import CircuitModel
from qml.circuits.template import Template, trace
from qml.engine.angles import Angles
from qml.engine.assemble import block_matrices
from qml.engine.layout import State
from qml.engine.linear import monomial
from qml.engine.lower import Prefix, lower
from qml.engine.observe import expect
from qml.engine.precision import dtypes
from qml.engine.product import product_state
from qml.engine.schedule import Schedule, schedule
from qml.engine.selection import Selection, select

_WIDTH = 4


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled circuit family.

    Attributes:
        template: The traced circuit.
        selection: Which of its angles are plain elements of inputs and weights.
        prefix: One-qubit gates before anything entangles.
        schedule: Everything after them.
    """

    template: Template
    selection: Selection
    prefix: Prefix
    schedule: Schedule

    @classmethod
    def of(cls, model: CircuitModel) -> "Program":
        """Trace, lower and schedule a model."""
        template = trace(model)
        prefix, operations = lower(template)
        plan = schedule(operations, template.wires, _WIDTH)
        return cls(template, select(model, template), prefix, plan)

    def evolve(self, inputs: Any, weights: Any, dtype: Any) -> tuple[State, Angles]:
        """Run everything but the tail."""
        template = self.template
        angles = Angles.of(template, self.selection, inputs, weights)
        state = State(
            product_state(self.prefix, angles, template.on_inputs, dtype),
            tuple(range(template.wires)),
        )
        blocks = [stage.block for stage in self.schedule.stages]
        unitaries = block_matrices(blocks, angles, dtype)
        for stage, unitary in zip(self.schedule.stages, unitaries, strict=True):
            move = monomial(stage.before, template.wires)
            state = state.passed(state.before(stage.block.wires), move, angles).turned(unitary)
        return state, angles

    def finish(self, state: State, angles: Angles) -> State:
        """Run the tail and put the wires in order."""
        wires = self.template.wires
        return state.passed(tuple(range(wires)), monomial(self.schedule.tail, wires), angles)


def expectations(model: CircuitModel, *, precision: str = "float32") -> DifferentiableCircuit:
    """Compile a model into a differentiable function.

    Args:
        model: The circuit family and its observables.
        precision: "float32" or "float64".

    Returns:
        `(inputs (B, features), weights (weights_shape)) -> (B, observables)`, for jit, grad and
        vjp.

    Raises:
        CircuitError: `build` cannot be traced, or float64 was not set up.
    """
    real, complex_ = dtypes(precision)
    program = Program.of(model)
    diagonal = all(observable.diagonal for observable in model.observables)

    def function(inputs: Any, weights: Any) -> Any:
        x, w = jnp.asarray(inputs, real), jnp.asarray(weights, real)
        state, angles = program.evolve(x, w, complex_)
        if diagonal:
            return expect(state, model.observables, program.schedule.tail)
        return expect(program.finish(state, angles), model.observables)

    return function


def states(model: CircuitModel, *, precision: str = "float32") -> Callable[[Any, Any], Any]:
    """Compile a model into a function that returns its states.

    Returns:
        `(inputs (B, features), weights) -> (B, 2**wires)`, complex, wire 0 most significant.

    Raises:
        CircuitError: `build` cannot be traced, or float64 was not set up.
    """
    real, complex_ = dtypes(precision)
    program = Program.of(model)

    def function(inputs: Any, weights: Any) -> Any:
        x, w = jnp.asarray(inputs, real), jnp.asarray(weights, real)
        state = program.finish(*program.evolve(x, w, complex_))
        re, im = state.parts()
        return (re + 1j * im).T

    return function
