"""PennyLane's default.qubit with its own autograd interface, as its tutorials use it."""

from typing import Any

import numpy as np
import pennylane as qp
from pennylane import numpy as pnp

from qml.benchmarking.measurements.step.peers.base import Descent, Document, Peer
from qml.benchmarking.measurements.step.peers.pennylane_jax import apply

PACKAGES = ("pennylane", "autograd")


def prepare(case: Document) -> Peer:
    """Build the node; nothing is compiled."""
    device = qp.device("default.qubit", wires=case["wires"])
    node = qp.QNode(lambda x, w: apply(case, x, w), device, diff_method="backprop")
    return differentiated(node, case, {"method": "backprop, autograd", "precision": "complex128"})


def differentiated(node: Any, case: Document, facts: dict[str, str]) -> Peer:
    """Return a peer on PennyLane's autograd interface."""
    inputs = pnp.array(case["inputs"], requires_grad=case["inputs_too"])
    weights = np.asarray(case["weights"])

    def loss(w: Any, x: Any) -> Any:
        return pnp.sum(pnp.stack(node(x, w)) ** 2)

    gradient = qp.grad(loss, argnums=[0, 1] if case["inputs_too"] else [0])

    def value_and_gradient(w: Any) -> tuple[Any, Any]:
        found = gradient(pnp.array(w, requires_grad=True), inputs)
        return gradient.forward, [np.asarray(g) for g in found]

    return Descent(value_and_gradient, weights, facts)
