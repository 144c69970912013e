import numpy as np
import pytest

from qml.circuits import Circuit, Gate
from qml.errors import PlanError
from qml.mitigation.base import Noise
from qml.mitigation.folding import fold
from qml.native import compile_native
from qml.testing.reference import probabilities
from tests.mitigation.circuits import layered

NOISE = Noise(0.001, 0.01)


def two_qubit(circuit):
    return sum(len(g.wires) == 2 for g in circuit.gates)


@pytest.mark.parametrize("way", ["gates", "two-qubit", "circuit"])
@pytest.mark.parametrize("factor", [1, 1.5, 2, 3, 5])
def test_a_folded_circuit_does_what_its_source_does(way, factor):
    circuit = layered(3, 3)
    folded = fold(circuit, factor, way, NOISE)
    assert probabilities(folded.circuit) == pytest.approx(probabilities(circuit), abs=1e-9)
    assert folded.scale == pytest.approx(factor, abs=0.35 if factor % 2 != 1 else 1e-12)


@pytest.mark.parametrize("gateset", ["forte", "aria"])
def test_native_gates_fold_within_their_gate_set(gateset):
    native = compile_native(layered(3, 2), gateset).in_place()
    folded = fold(native, 3, "gates", NOISE)
    assert folded.circuit.verbatim
    assert two_qubit(folded.circuit) == 3 * two_qubit(native)
    assert {g.name for g in folded.circuit.gates} == {g.name for g in native.gates}
    assert probabilities(folded.circuit) == pytest.approx(probabilities(native), abs=1e-9)
    angles = [g.params[-1] for g in folded.circuit.gates if g.name == "ms"]
    assert all(0 <= a <= 0.25 for a in angles)


def test_a_compiler_would_undo_a_fold_that_is_not_verbatim():
    native = compile_native(layered(2, 1), "forte").in_place()
    folded = fold(native, 3, "gates", NOISE).circuit
    assert compile_native(folded, "forte").two_qubit == two_qubit(native) < two_qubit(folded)


def test_parts_are_spread_over_the_circuit():
    circuit = Circuit(2, (Gate("cz", (0, 1)),) * 4)
    folded = fold(circuit, 2, "two-qubit", None)
    assert (folded.scale, len(folded.circuit.gates)) == (2, 8)


def test_nothing_to_fold_is_refused():
    with pytest.raises(PlanError, match="nothing to fold"):
        fold(Circuit(1, (Gate("h", (0,)),)), 3, "two-qubit", None)


def test_scales_are_weighed_by_the_noise():
    circuit = Circuit(2, (Gate("h", (0,)), Gate("cz", (0, 1)), Gate("h", (1,)), Gate("cz", (0, 1))))
    assert fold(circuit, 3, "two-qubit", NOISE).scale == pytest.approx(1 + 0.04 / 0.02)
    assert np.isclose(fold(circuit, 2, "gates", NOISE).scale, 1 + 2 * 0.011 / 0.022)
