import pytest

from qml.backends.aer.translate import counts, noise_model, pauli_operator, program, qubits
from qml.backends.noise import Rates
from qml.circuits import pauli
from qml.testing.circuits import bell


def test_wire_0_is_the_last_qubit():
    assert qubits((0, 2), 3) == [2, 0]
    assert counts({"0x4": 7}, 3).tally == {"100": 7}


def test_every_gate_is_followed_by_its_noise():
    made = program(bell(), Rates(one_qubit=0.1, two_qubit=0.2))
    names = [item.operation.name for item in made.data]
    assert names == ["h", "quantum_channel", "cx", "quantum_channel"]
    assert [i.operation.name for i in program(bell(), Rates()).data] == ["h", "cx"]


def test_readout_shrinks_a_string_by_its_weight():
    operator = pauli_operator(pauli("ZIX", (0, 1, 2), 2.0), 3, Rates(readout=0.1))
    (label,) = operator.paulis.to_labels()
    assert label == "ZIX"
    assert operator.coeffs[0] == pytest.approx(2.0 * 0.8**2)


def test_there_is_no_noise_model_without_readout_noise():
    assert noise_model(Rates(one_qubit=0.1)) is None
