"""Circuits and references shared by the engine's tests."""

import jax
import numpy as np
import pytest

from qml.circuits import Circuit, Gate
from qml.circuits.gates import GATES, matrix


def random_gates(random, wires, count, slots=()):
    """Draw gates of all kinds; a parameter is a number or, with `slots`, one of these labels."""
    names = sorted(name for name, spec in GATES.items() if spec.wires <= wires)
    drawn = []
    for _ in range(count):
        name = names[random.integers(len(names))]
        on = tuple(int(w) for w in random.permutation(wires)[: GATES[name].wires])
        params = tuple(
            slots[random.integers(len(slots))] if slots else float(random.normal())
            for _ in range(GATES[name].params)
        )
        drawn.append((name, on, params))
    return drawn


def default_qubit_state(circuit):
    """PennyLane's state of a circuit, from the gates' matrices."""
    import pennylane as qp

    operations = [
        qp.QubitUnitary(np.asarray(matrix(g.name, g.params)), wires=g.wires) for g in circuit.gates
    ]
    tape = qp.tape.QuantumScript(operations, [qp.state()])
    device = qp.device("default.qubit", wires=circuit.wires)
    return np.asarray(qp.execute([tape], device, diff_method=None)[0])


@pytest.fixture
def double():
    """JAX in 64 bits for one test."""
    with jax.enable_x64(True):  # noqa: FBT003 - JAX's own signature
        yield


def ring(wires, layers, inputs, weights):
    """Angle encoding, then rotations and a ring of CNOTs per layer."""
    gates = [Gate("ry", (i,), (inputs[i],)) for i in range(wires)]
    for layer in range(layers):
        for i in range(wires):
            a, b, c = (weights[layer, i, j] for j in range(3))
            gates += [Gate("rz", (i,), (a,)), Gate("ry", (i,), (b,)), Gate("rz", (i,), (c,))]
        gates += [Gate("cnot", (i, (i + 1) % wires)) for i in range(wires)] if wires > 1 else []
    return Circuit.of(wires, gates)
