import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.circuits import Circuit, Gate
from qml.errors import CircuitError
from qml.native import compile_native
from qml.testing import assert_unitary_equivalent, reference
from qml.testing.strategies import angles, circuits, models, unitaries

quick = settings(max_examples=25, deadline=None)


@quick
@given(circuits(wires=(1, 3)))
def test_property_a_circuit_and_its_inverse_do_nothing(circuit):
    assert_unitary_equivalent(circuit + circuit.inverse(), np.eye(2**circuit.wires))


@quick
@given(circuits(wires=3, depth=(1, 8)), st.permutations(range(3)))
def test_property_renaming_wires_renames_bits(circuit, order):
    renamed = Circuit.of(
        3, [Gate(g.name, tuple(order[w] for w in g.wires), g.params) for g in circuit.gates]
    )
    one = reference.probabilities(circuit).reshape(2, 2, 2)
    other = reference.probabilities(renamed).reshape(2, 2, 2)
    np.testing.assert_allclose(other.transpose(order), one, atol=1e-9)


@quick
@given(circuits(wires=2, gates=("ry", "rz", "cnot", "rzz", "h"), depth=(0, 6)))
def test_property_compilation_keeps_the_state(circuit):
    compiled = compile_native(circuit, "forte").exact()
    overlap = np.vdot(reference.state(circuit), reference.state(compiled))
    assert abs(overlap) == pytest.approx(1, abs=1e-6)


@quick
@given(circuits(wires=(1, 2), gates=("h", "cnot"), depth=(2, 3)))
def test_circuits_keep_to_what_was_asked(circuit):
    assert circuit.wires in {1, 2}
    assert 2 <= len(circuit.gates) <= 3
    assert {g.name for g in circuit.gates} <= ({"h"} if circuit.wires == 1 else {"h", "cnot"})


@quick
@given(models(features=3), st.integers(0, 100))
def test_models_build_the_same_gates_for_all_numbers(model, seed):
    random = np.random.default_rng(seed)
    one, other = (
        model.build(random.uniform(size=3), random.uniform(size=model.weights_shape))
        for _ in range(2)
    )
    assert [(g.name, g.wires) for g in one.gates] == [(g.name, g.wires) for g in other.gates]
    assert len(model.observables) == model.wires


@quick
@given(unitaries((1, 3)))
def test_unitaries_are_unitary(matrix):
    assert matrix.shape[0] in {2, 4, 8}
    np.testing.assert_allclose(matrix @ matrix.conj().T, np.eye(len(matrix)), atol=1e-9)


@quick
@given(angles(0.1, 1.0))
def test_angles_keep_to_their_range(angle):
    assert 0.1 <= angle <= 1.0


def test_gates_that_do_not_fit_are_refused():
    with pytest.raises(CircuitError, match="on 1 wires"):
        circuits(wires=1, gates=("cnot",))
    with pytest.raises(CircuitError, match="magic"):
        circuits(wires=1, gates=("h", "magic"))
