"""Layered circuits in NumPy against the compiled program and the definition."""

from math import pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.circuits import Circuit, CircuitModel, Gate
from qml.engine import layered, overlaps
from qml.engine.eager import states
from qml.engine.layered import layered as fidelities
from qml.engine.layers import layers_of
from qml.testing.reference import state

WIRES = 3
ONE = ["h", "x", "y", "z", "s", "sdg", "t", "sx", "rx", "ry", "rz", "phase", "u3", "gpi", "gpi2"]
TWO = ["cz", "rzz", "cphase", "crz", "zz", "rxx", "ryy", "ms", "crx", "cry", "ch"]
COUNTS = {"u3": 3, "ms": 3, **dict.fromkeys(["gpi", "gpi2", "rx", "ry", "rz", "phase"], 1)}
COUNTS |= dict.fromkeys(["rzz", "cphase", "crz", "zz", "rxx", "ryy", "crx", "cry"], 1)


def draw_circuit(seed: int, gates: int) -> Circuit:
    random = np.random.default_rng(seed)
    found = []
    for _ in range(gates):
        name = random.choice(ONE + TWO)
        wires = random.permutation(WIRES)[: 1 if name in ONE else 2]
        params = random.uniform(-3, 3, COUNTS.get(name, 0))
        found.append(Gate(str(name), tuple(map(int, wires)), tuple(map(float, params))))
    return Circuit.of(WIRES, found)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 25))
def test_states_are_those_of_the_definition(seed, gates):
    circuit = draw_circuit(seed, gates)
    layers = layers_of(circuit)
    params = np.array([p for gate in circuit.gates for p in gate.params]).reshape(-1, 1)
    found = states(layers, np.repeat(params, 2, axis=1))
    assert abs(np.vdot(found[0], state(circuit))) == pytest.approx(1, abs=1e-9)
    assert np.array_equal(found[0], found[1])


def model(name: str, wires: int = 4, repeats: int = 2) -> CircuitModel:
    from qml.plugins import load

    feature_map = load("feature_maps", name)
    return CircuitModel(
        wires=wires,
        features=wires,
        weights_shape=(0,),
        build=lambda x, w: feature_map.circuit(x, repeats),
        observables=(),
    )


@pytest.mark.parametrize("name", ["iqp", "zz", "separable"])
def test_feature_maps_equal_the_definition(name):
    random = np.random.default_rng(0)
    left, right = random.uniform(-2, 2, (5, 4)), random.uniform(-2, 2, (3, 4))
    family = model(name)
    a, b = (np.array([state(family.build(x, None)) for x in rows]) for rows in (left, right))
    found = fidelities(family, left, right, np.zeros(0))
    np.testing.assert_allclose(found, np.abs(a @ b.conj().T) ** 2, atol=1e-12)


def test_many_states_are_left_to_the_compiler(monkeypatch):
    rows = np.random.default_rng(0).uniform(-2, 2, (4, 4))
    whole = overlaps(model("iqp"))(rows, rows, np.zeros(0))
    monkeypatch.setattr(layered, "_MOST_AMPLITUDES", 63)
    assert fidelities(model("iqp"), rows, rows, np.zeros(0)) is None
    compiled = overlaps(model("iqp"))(rows, rows, np.zeros(0))
    np.testing.assert_allclose(whole, compiled, atol=1e-5)
    assert fidelities(model("separable"), rows, rows, np.zeros(0)) is not None


def test_chunks_change_nothing(monkeypatch):
    rows = np.random.default_rng(0).uniform(-2, 2, (7, 4))
    others = rows[:5] + 0.1
    whole = fidelities(model("zz"), rows, others, np.zeros(0))
    monkeypatch.setattr(layered, "_CHUNK_AMPLITUDES", 40)
    np.testing.assert_allclose(fidelities(model("zz"), rows, others, np.zeros(0)), whole)


def test_gates_that_permute_are_left_to_the_compiler():
    circuit = Circuit.of(2, [Gate("h", (0,)), Gate("cnot", (0, 1))])
    assert layers_of(circuit) is None


def test_gates_on_a_wire_stay_in_order_around_phases():
    circuit = Circuit.of(
        2,
        [
            *(Gate("h", (0,)), Gate("rzz", (0, 1), (0.3,)), Gate("ry", (1,), (0.2,))),
            *(Gate("h", (0,)), Gate("rz", (0,), (pi / 5,)), Gate("h", (0,))),
        ],
    )
    params = np.array([[p] for gate in circuit.gates for p in gate.params])
    found = states(layers_of(circuit), params)[0]
    assert abs(np.vdot(found, state(circuit))) == pytest.approx(1, abs=1e-12)


def test_no_rows_give_no_fidelities():
    nothing, rows = np.zeros((0, 4)), np.zeros((2, 4))
    assert fidelities(model("iqp"), nothing, rows, np.zeros(0)).shape == (0, 2)


def test_more_than_twelve_wires_factorise_their_signs():
    rows = np.random.default_rng(0).uniform(-1, 1, (2, 13))
    found = fidelities(model("iqp", wires=13, repeats=1), rows, rows, np.zeros(0))
    psi = np.array([state(model("iqp", wires=13, repeats=1).build(x, None)) for x in rows])
    np.testing.assert_allclose(found, np.abs(psi @ psi.conj().T) ** 2, atol=1e-12)


def test_circuits_that_need_numbers_are_built_row_by_row():
    import math

    def build(inputs, weights):
        turns = [Gate("ry", (i,), (math.tanh(float(inputs[i])),)) for i in range(2)]
        return Circuit.of(2, [*turns, Gate("rzz", (0, 1), (weights @ inputs,)), Gate("h", (0,))])

    family = CircuitModel(wires=2, features=2, weights_shape=(2,), build=build, observables=())
    rows, weights = np.random.default_rng(0).normal(size=(5, 2)), np.array([0.5, 2.0])
    psi = np.array([state(build(row, weights)) for row in rows])
    found = fidelities(family, rows, rows, weights)
    np.testing.assert_allclose(found, np.abs(psi @ psi.conj().T) ** 2, atol=1e-12)


@pytest.mark.parametrize(
    "of", [lambda x: x.sum(), lambda x: x[0] * x[-1] - x @ np.arange(4)], ids=["sum", "product"]
)
def test_what_is_computed_of_several_inputs_is_computed_row_by_row(of):
    def build(inputs, weights):
        return Circuit.of(2, [Gate("ry", (0,), (of(inputs),)), Gate("rx", (1,), (0.3,))])

    family = CircuitModel(wires=2, features=4, weights_shape=(0,), build=build, observables=())
    rows = np.random.default_rng(0).normal(size=(4, 4))
    psi = np.array([state(build(row, None)) for row in rows])
    found = fidelities(family, rows, rows, None)
    np.testing.assert_allclose(found, np.abs(psi @ psi.conj().T) ** 2, atol=1e-12)
