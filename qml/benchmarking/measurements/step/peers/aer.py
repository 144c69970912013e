"""Qiskit Aer. It has no gradient of its own: the parameter-shift rule, all points in one job."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from qiskit import QuantumCircuit
from qiskit.circuit import Parameter
from qiskit.quantum_info import SparsePauliOp
from qiskit_aer import AerSimulator

from qml.benchmarking.measurements.step.peers.base import Descent, Document, Peer
from qml.benchmarking.measurements.step.peers.shift import shifted

PACKAGES = ("qiskit-aer", "qiskit")


def _circuit(case: Document, names: dict[str, Any]) -> Any:
    circuit = QuantumCircuit(case["wires"])
    for name, wires, source in case["gates"]:
        if source is None:
            circuit.cx(*wires)
        else:
            getattr(circuit, name)(names[f"{source[0]}{source[1]}"], *wires)
    for i in range(case["wires"]):
        circuit.save_expectation_value(SparsePauliOp("Z"), [i], label=f"z{i}")
    return circuit


def prepare(case: Document) -> Peer:
    """Build one parametrised circuit."""
    wires = case["wires"]
    count = len(case["weights"])
    names = [f"x{i}" for i in range(wires)] + [f"w{i}" for i in range(count)]
    parameters = {name: Parameter(name) for name in names}
    circuit = _circuit(case, parameters)
    simulator = AerSimulator(
        method="statevector", precision="single", runtime_parameter_bind_enable=True
    )

    def values(x: NDArray[np.float64], w: NDArray[np.float64]) -> NDArray[np.float64]:
        columns = np.concatenate([x, w], axis=1).T.tolist()
        binds = {parameters[name]: column for name, column in zip(names, columns, strict=True)}
        result = simulator.run(circuit, parameter_binds=[binds], shots=1).result()
        if not result.success:
            raise RuntimeError(result.status)
        return np.array([[r.data.__dict__[f"z{i}"] for i in range(wires)] for r in result.results])

    facts = {"method": "parameter shift", "precision": "complex64"}
    return Descent(shifted(case, values), np.asarray(case["weights"]), facts)
