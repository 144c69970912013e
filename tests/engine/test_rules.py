"""Every gate, alone and with an angle from the inputs, is rewritten exactly."""

import jax
import numpy as np
import pytest

from qml.circuits import Circuit, CircuitModel, Gate
from qml.circuits.gates import GATES
from qml.engine import states
from qml.engine.operations import Flip, Local, Phase, constant
from qml.engine.rules import Step, expand
from tests.engine.conftest import default_qubit_state


def _model(names, source):
    entangle = [Gate("h", (i,)) for i in range(3)]
    entangle += [Gate("cnot", (0, 1)), Gate("cnot", (1, 2)), Gate("t", (1,))]

    def build(inputs, weights):
        angles = {"inputs": inputs, "weights": weights}[source]
        gates = [
            Gate(n, (2, 0, 1)[: GATES[n].wires], tuple(angles[: GATES[n].params])) for n in names
        ]
        return Circuit.of(3, [*entangle, *gates, Gate("ry", (1,), (0.4,))])

    return CircuitModel(wires=3, features=3, weights_shape=(3,), build=build, observables=())


@pytest.mark.parametrize("source", ["inputs", "weights"])
@pytest.mark.parametrize("start", range(0, len(GATES), 4))
def test_gates_on_an_entangled_state(double, start, source):
    """Four gates at a time, since each compilation takes most of a second."""
    model = _model(sorted(GATES)[start : start + 4], source)
    values = np.array([0.3, -0.8, 0.21])
    found = np.asarray(jax.jit(states(model, precision="float64"))(values[None], values))[0]
    assert np.abs(found - default_qubit_state(model.build(values, values))).max() < 1e-14


def test_only_three_kinds_are_left():
    for name, spec in GATES.items():
        step = Step(name, tuple(range(spec.wires)), (constant(0.3),) * spec.params)
        for operation in expand(step, ()):
            assert isinstance(operation, Local | Flip | Phase)
