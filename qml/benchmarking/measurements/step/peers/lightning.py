"""PennyLane's lightning.qubit with its adjoint differentiation."""

import numpy as np
import pennylane as qp

from qml.benchmarking.measurements.step.peers.base import Document, Peer
from qml.benchmarking.measurements.step.peers.default_qubit import differentiated
from qml.benchmarking.measurements.step.peers.pennylane_jax import apply

PACKAGES = ("pennylane", "pennylane-lightning")


def prepare(case: Document) -> Peer:
    """Build the node; one row is one tape."""
    device = qp.device("lightning.qubit", wires=case["wires"], c_dtype=np.complex64)
    node = qp.QNode(lambda x, w: apply(case, x, w), device, diff_method="adjoint", device_vjp=True)
    return differentiated(node, case, {"method": "adjoint", "precision": "complex64"})
