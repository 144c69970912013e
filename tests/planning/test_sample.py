"""The few circuits that a plan counts are those that a run submits."""

from dataclasses import replace

import numpy as np
import pytest

from qml.algorithms.models import Shape
from qml.circuits import pauli, resources, z
from qml.config.sections import ModelSection
from qml.planning.sample import ROWS, bases_of, sample_circuits
from qml.plugins import load

FEATURES = np.random.default_rng(0).uniform(-1, 1, (9, 2))


def _model(tmp_path, kind="variational", observables=None):
    section = ModelSection(kind=kind, qubits=2, layers=1)
    model = load("models", kind)(section, Shape(features=2, classes=2), tmp_path)
    if observables is None:
        return model
    return replace(model, circuit=replace(model.circuit, observables=observables))


@pytest.mark.parametrize(
    ("observables", "bases"),
    [
        ((z(0),), 1),
        ((z(0), z(1)), 1),
        ((z(0), pauli("X", (1,))), 1),
        ((z(0), pauli("X", (0,))), 2),
        ((z(0), pauli("X", (0,)), pauli("Y", (0,))), 3),
    ],
)
def test_each_basis_is_a_circuit_where_expectations_are_sampled(tmp_path, observables, bases):
    model = _model(tmp_path, observables=observables)
    assert bases_of(model, shots=10) == bases
    assert bases_of(model, shots=0) == 1
    assert len(sample_circuits(model, FEATURES, sampled=True)) == ROWS * bases
    assert len(sample_circuits(model, FEATURES, sampled=False)) == ROWS


def test_fewer_rows_than_a_sample(tmp_path):
    model = _model(tmp_path)
    assert len(sample_circuits(model, FEATURES[:1], sampled=True)) == 1


def test_weights_are_not_zero(tmp_path):
    """Gates by zero angles are compiled away: a plan of them would be too cheap."""
    (first, *_) = sample_circuits(_model(tmp_path), FEATURES, sampled=True)
    angles = [angle for gate in first.gates for angle in gate.params]
    assert angles
    assert all(abs(angle) > 1e-3 for angle in angles)


def test_a_kernel_prepares_one_state_and_undoes_another(tmp_path):
    model = _model(tmp_path, "kernel")
    pairs = sample_circuits(model, FEATURES, sampled=True)
    states = sample_circuits(model, FEATURES, sampled=False)
    assert len(pairs) == len(states) == ROWS
    assert resources(pairs[0]).two_qubit == 2 * resources(states[0]).two_qubit
    (alone,) = sample_circuits(model, FEATURES[:1], sampled=True)
    assert resources(alone).two_qubit == 2 * resources(states[0]).two_qubit
