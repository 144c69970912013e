import numpy as np
import pytest

from qml.backends.ionq.compilation import Compilation
from qml.circuits import Circuit, Gate
from qml.testing import reference
from qml.testing.circuits import gate_circuit, gate_groups


@pytest.mark.parametrize("family", ["forte", "aria", None])
def test_outcomes_stay_under_their_own_wires(family):
    """A SWAP may only rename wires; what is sent is renamed back, and needs no note of it."""
    swapped = Circuit.of(
        4,
        [
            Gate("ry", (0,), (0.4,)),
            Gate("swap", (0, 2)),
            Gate("swap", (2, 3)),
            Gate("crx", (3, 1), (0.8,)),
        ],
    )
    for circuit in (swapped, *(gate_circuit(group) for group in gate_groups())):
        sent = Compilation(family).of(circuit).circuit
        np.testing.assert_allclose(
            reference.probabilities(sent), reference.probabilities(circuit), atol=1e-9
        )


def test_rotations_about_two_axes_are_one_gate():
    circuit = Circuit.of(2, [Gate("rzz", (0, 1), (0.3,))])
    for family, name in (("forte", "zz"), ("aria", "ms")):
        sent = Compilation(family).of(circuit)
        assert [g.name for g in sent.circuit.gates if len(g.wires) == 2] == [name]
        assert sent.size.two_qubit == 1


def test_a_circuit_is_compiled_once(monkeypatch):
    compilation = Compilation("forte")
    first = compilation.of(gate_circuit(("cnot",)))
    monkeypatch.setattr(compilation, "_compile", None)
    assert compilation.of(gate_circuit(("cnot",))) is first
    assert (compilation.gateset, Compilation(None).gateset) == ("native", "qis")


def test_only_the_latest_are_remembered(monkeypatch):
    monkeypatch.setattr("qml.backends.ionq.compilation.REMEMBERED", 2)
    compilation = Compilation("forte")
    for angle in range(5):
        compilation.of(Circuit.of(1, [Gate("ry", (0,), (float(angle),))]))
    assert len(compilation._made) == 2


def test_angles_of_numpy_are_angles():
    circuit = Circuit.of(1, [Gate("ry", (0,), (np.float64(0.3),))])
    assert Compilation("forte").of(circuit).size.one_qubit >= 1
