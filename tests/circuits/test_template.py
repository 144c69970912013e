"""Tracing finds the gates, their slots and what each angle depends on."""

import numpy as np
import pytest

from qml.circuits import Circuit, CircuitModel, Gate, trace, z
from qml.circuits.template import Slot
from qml.errors import CircuitError


def _model(build, features=2, weights=(3,)):
    return CircuitModel(
        wires=2, features=features, weights_shape=weights, build=build, observables=(z(0),)
    )


def _build(inputs, weights):
    return Circuit.of(
        2,
        [
            Gate("ry", (0,), (inputs[1],)),
            Gate("rz", (0,), (weights[2],)),
            Gate("rx", (1,), (0.5,)),
            Gate("crx", (0, 1), (inputs[0] * weights[0],)),
        ],
    )


def test_slots_and_dependencies():
    template = trace(_model(_build))
    assert [g.params[0] for g in template.gates] == [Slot(0), Slot(1), 0.5, Slot(2)]
    assert template.on_inputs == (True, False, True)
    assert template.on_weights == (False, True, True)


def test_bind_equals_build():
    template = trace(_model(_build))
    inputs, weights = np.array([0.25, 0.5]), np.array([2.0, 3.0, 4.0])
    bound = template.bind(template.angles(inputs, weights))
    assert bound.digest == _build(inputs, weights).digest


def test_digest_sees_structure_not_values():
    def other(inputs, weights):
        return Circuit.of(2, [*_build(inputs, weights).gates, Gate("h", (0,))])

    assert trace(_model(_build)).digest == trace(_model(_build)).digest
    assert trace(_model(_build)).digest != trace(_model(other)).digest


def test_no_angles():
    template = trace(_model(lambda x, w: Circuit.of(2, [Gate("h", (0,))])))
    assert template.slots == 0
    assert template.angles(np.zeros(2), np.zeros(3)).shape == (0,)


def test_structure_that_depends_on_a_value_is_refused():
    def build(inputs, weights):
        return Circuit.of(2, [Gate("x", (0,))] if weights[0] > 0 else [])

    with pytest.raises(CircuitError, match="depends on the value"):
        trace(_model(build))
