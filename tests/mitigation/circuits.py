"""Circuits of the mitigation tests."""

import numpy as np

from qml.circuits import Circuit, Gate


def layered(wires: int, layers: int, seed: int = 0) -> Circuit:
    """Random rotations and a chain of CNOTs, so often."""
    rng = np.random.default_rng(seed)
    gates = []
    for _ in range(layers):
        for wire in range(wires):
            gates += [Gate(name, (wire,), (rng.uniform(0, 3),)) for name in ("ry", "rz")]
        gates += [Gate("cnot", (w, w + 1)) for w in range(wires - 1)]
    return Circuit(wires, tuple(gates))
