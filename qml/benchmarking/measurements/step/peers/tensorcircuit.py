"""TensorCircuit-NG on JAX: rows by vmap, the step compiled."""

from typing import Any

import tensorcircuit as tc

from qml.benchmarking.measurements.step.peers.base import Document, Peer
from qml.benchmarking.measurements.step.peers.jitted import Jitted

PACKAGES = ("tensorcircuit-ng", "jax")


def prepare(case: Document) -> Peer:
    """Compile the step."""
    backend = tc.set_backend("jax")

    def row(x: Any, w: Any) -> Any:
        circuit = tc.Circuit(case["wires"])
        for name, wires, source in case["gates"]:
            if source is None:
                circuit.cnot(*wires)
            else:
                angle = (x if source[0] == "x" else w)[source[1]]
                getattr(circuit, name)(*wires, theta=angle)
        z = [circuit.expectation_ps(z=[i]) for i in range(case["wires"])]
        return backend.real(backend.stack(z))

    rows = backend.vmap(row, vectorized_argnums=0)
    return Jitted(rows, case, {"precision": "complex64"})
