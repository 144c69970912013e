"""Every gate, alone and with an angle from the inputs, is rewritten exactly."""

import numpy as np
import pytest

from qml.circuits import Circuit, CircuitModel, Gate
from qml.circuits.gates import GATES
from qml.engine import states
from qml.engine.operations import Flip, Local, Phase, constant
from qml.engine.rules import Step, expand
from tests.engine.conftest import default_qubit_state


def _model(name, source):
    spec = GATES[name]
    entangle = [Gate("h", (i,)) for i in range(3)]
    entangle += [
        Gate("cnot", (0, 1)),
        Gate("cnot", (1, 2)),
        Gate("t", (1,)),
        Gate("ry", (2,), (0.4,)),
    ]

    def build(inputs, weights):
        params = tuple({"inputs": inputs, "weights": weights}[source][: spec.params])
        return Circuit.of(3, [*entangle, Gate(name, (2, 0, 1)[: spec.wires], params)])

    return CircuitModel(wires=3, features=3, weights_shape=(3,), build=build, observables=())


@pytest.mark.parametrize("source", ["inputs", "weights"])
@pytest.mark.parametrize("name", sorted(GATES))
def test_gate_on_an_entangled_state(double, name, source):
    if source == "inputs" and not GATES[name].params:
        pytest.skip("no angle")
    model = _model(name, source)
    values = np.array([0.3, -0.8, 0.21])
    found = np.asarray(states(model, precision="float64")(values[None], values))[0]
    assert np.abs(found - default_qubit_state(model.build(values, values))).max() < 1e-14


def test_only_three_kinds_are_left():
    for name, spec in GATES.items():
        step = Step(name, tuple(range(spec.wires)), (constant(0.3),) * spec.params)
        for operation in expand(step, ()):
            assert isinstance(operation, Local | Flip | Phase)
