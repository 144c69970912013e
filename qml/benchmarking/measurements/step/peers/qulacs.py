"""Qulacs: a forward simulation and its backprop for each row, from C++."""

from typing import Any

import numpy as np
import qulacs

from qml.benchmarking.measurements.step.peers.base import Descent, Document, Peer, weights_only

PACKAGES = ("qulacs",)


def _circuit(case: Document, row: list[float]) -> Any:
    """Return the circuit of a row: inputs are constants, weights are parameters.

    Qulacs rotates by exp(+i angle/2 P): the signs are turned.
    """
    circuit = qulacs.ParametricQuantumCircuit(case["wires"])
    for name, wires, source in case["gates"]:
        if source is None:
            circuit.add_CNOT_gate(*wires)
        elif source[0] == "x":
            getattr(circuit, f"add_{name.upper()}_gate")(wires[0], -row[source[1]])
        else:
            getattr(circuit, f"add_parametric_{name.upper()}_gate")(wires[0], 0.0)
    return circuit


def prepare(case: Document) -> Peer:
    """Build one circuit a row."""
    weights_only(case)
    wires = case["wires"]
    order = [s[1] for _, _, s in case["gates"] if s is not None and s[0] == "w"]
    circuits = [_circuit(case, row) for row in case["inputs"]]
    state = qulacs.QuantumState(wires)
    paulis = [qulacs.PauliOperator(f"Z {i}", 1.0) for i in range(wires)]

    def row(circuit: Any, w: Any) -> tuple[float, Any]:
        for place, weight in enumerate(order):
            circuit.set_parameter(place, -w[weight])
        state.set_zero_state()
        circuit.update_quantum_state(state)
        z = [p.get_expectation_value(state).real for p in paulis]
        weighted = qulacs.Observable(wires)
        for i, value in enumerate(z):
            weighted.add_operator(2 * value, f"Z {i}")
        return float(np.dot(z, z)), -np.asarray(circuit.backprop(weighted))

    def value_and_gradient(w: Any) -> tuple[float, list[Any]]:
        found = [row(circuit, w) for circuit in circuits]
        gradient = np.zeros(len(w))
        gradient[order] = np.sum([g for _, g in found], axis=0)
        return sum(loss for loss, _ in found), [gradient]

    facts = {"method": "backprop of each row", "precision": "complex128"}
    return Descent(value_and_gradient, np.asarray(case["weights"]), facts)
