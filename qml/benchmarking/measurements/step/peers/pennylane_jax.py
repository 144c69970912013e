"""PennyLane's default.qubit, jitted with JAX, the batch broadcast by PennyLane."""

from typing import Any

import jax.numpy as jnp
import pennylane as qp

from qml.benchmarking.measurements.step.peers.base import Document, Peer
from qml.benchmarking.measurements.step.peers.jitted import Jitted

PACKAGES = ("pennylane", "jax")
KINDS = {"rx": qp.RX, "ry": qp.RY, "rz": qp.RZ, "cnot": qp.CNOT}


def apply(case: Document, x: Any, w: Any) -> list[Any]:
    """Queue the gates and the measurements; x has shape (B, n) or (n,)."""
    for name, wires, source in case["gates"]:
        if source is None:
            KINDS[name](wires=wires)
        else:
            angle = x[..., source[1]] if source[0] == "x" else w[source[1]]
            KINDS[name](angle, wires=wires)
    return [qp.expval(qp.Z(i)) for i in range(case["wires"])]


def prepare(case: Document) -> Peer:
    """Compile the step."""
    device = qp.device("default.qubit", wires=case["wires"])
    node = qp.QNode(lambda x, w: apply(case, x, w), device, interface="jax")
    return Jitted(lambda x, w: jnp.stack(node(x, w)), case, {"precision": "complex64"})
