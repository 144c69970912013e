"""The circuit: two qubits, each of which sees one coordinate again in every layer.

Data re-uploading after Perez-Salinas et al., Quantum 4, 226 (2020), arXiv:1907.02085.
"""

import pennylane as qp

QUBITS = 2


def circuit(inputs, weights):
    """Return <Z> of the first qubit; its sign decides between the two classes.

    Args:
        inputs: One row, shape (2,), scaled to [-pi/2, pi/2].
        weights: Shape (layers, 2, 3), as `model.weights` says.
    """
    for layer in weights:
        for qubit in range(QUBITS):
            qp.RY(inputs[qubit], wires=qubit)
            qp.Rot(layer[qubit, 0], layer[qubit, 1], layer[qubit, 2], wires=qubit)
        qp.CNOT(wires=[0, 1])
        qp.CNOT(wires=[1, 0])
    return qp.expval(qp.PauliZ(0))
