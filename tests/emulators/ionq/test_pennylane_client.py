"""The unmodified pennylane-ionq."""

import numpy as np
import pennylane as qp
import pytest
from pennylane_ionq import ops
from pennylane_ionq.api_client import APIClient


@pytest.fixture(autouse=True)
def address(emulator, monkeypatch):
    monkeypatch.setattr(APIClient, "BASE_URL", emulator.url)


def test_qis_gates():
    device = qp.device("ionq.simulator", wires=3)

    @qp.set_shots(20_000)
    @qp.qnode(device)
    def circuit(angle):
        qp.RY(angle, wires=0)
        qp.CNOT(wires=[0, 1])
        qp.RX(0.4, wires=2)
        qp.IsingZZ(0.9, wires=[1, 2])
        qp.IsingXX(0.3, wires=[0, 2])
        qp.SX(wires=1)
        return qp.probs(wires=[0, 1, 2])

    exact = qp.QNode(circuit.func, qp.device("default.qubit", wires=3))
    assert np.asarray(circuit(0.7)) == pytest.approx(np.asarray(exact(0.7)), abs=0.02)


def test_native_gates():
    device = qp.device("ionq.simulator", wires=2, gateset="native")

    @qp.set_shots(20_000)
    @qp.qnode(device)
    def circuit():
        ops.GPI2(0.1, wires=[0])
        ops.GPI(0.3, wires=[1])
        ops.GPI2(0.7, wires=[1])
        ops.MS(0.15, 0.35, 0.2, wires=[0, 1])
        ops.GPI2(0.9, wires=[0])
        return qp.probs(wires=[0, 1])

    from ionq_core import gpi2_matrix, gpi_matrix, ms_matrix

    state = np.zeros(4, complex)
    state[0] = 1
    identity = np.eye(2)
    for step in (
        np.kron(gpi2_matrix(0.1), identity),
        np.kron(identity, gpi_matrix(0.3)),
        np.kron(identity, gpi2_matrix(0.7)),
        np.array(ms_matrix(0.15, 0.35, 0.2)),
        np.kron(gpi2_matrix(0.9), identity),
    ):
        state = step @ state
    assert np.asarray(circuit()) == pytest.approx(np.abs(state) ** 2, abs=0.02)


def test_a_gradient_is_one_multi_circuit_job(emulator):
    device = qp.device("ionq.simulator", wires=2)

    @qp.set_shots(20_000)
    @qp.qnode(device, diff_method="parameter-shift")
    def circuit(angles):
        qp.RY(angles[0], wires=0)
        qp.CNOT(wires=[0, 1])
        qp.RY(angles[1], wires=1)
        return qp.expval(qp.PauliZ(1))

    before = emulator.summary()["jobs"]
    found = qp.jacobian(circuit)(qp.numpy.array([0.7, 0.4], requires_grad=True))
    expected = [-np.sin(0.7) * np.cos(0.4), -np.cos(0.7) * np.sin(0.4)]
    assert found == pytest.approx(expected, abs=0.03)
    assert emulator.summary()["jobs"] - before <= 2


def test_a_machine():
    device = qp.device("ionq.qpu", wires=2, backend="forte-1")

    @qp.set_shots(200)
    @qp.qnode(device)
    def circuit():
        qp.PauliX(wires=0)
        return qp.counts(wires=[0, 1])

    counts = circuit()
    assert sum(counts.values()) == 200
    assert counts["10"] > 190


def test_noise():
    device = qp.device("ionq.simulator", wires=2, noise_model="forte-1", noise_seed=3)

    @qp.set_shots(500)
    @qp.qnode(device)
    def circuit():
        qp.Hadamard(wires=0)
        qp.CNOT(wires=[0, 1])
        return qp.probs(wires=[0, 1])

    assert float(np.sum(circuit())) == pytest.approx(1)
