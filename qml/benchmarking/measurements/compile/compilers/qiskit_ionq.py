"""Qiskit's transpiler at level 3 with the vendor's native target."""

from typing import Any

from qiskit import transpile
from qiskit_ionq import IonQProvider
from qiskit_ionq.ionq_backend import IonQBackend

from qml.benchmarking.measurements.compile.compilers.from_qiskit import from_qiskit, to_qiskit
from qml.circuits import Circuit

PACKAGES = ("qiskit", "qiskit-ionq")


def target(wires: int) -> Any:
    """Return a backend that knows Forte's gates; nothing is sent."""
    return IonQBackend(
        provider=IonQProvider(token="none"),  # noqa: S106 - nothing is sent
        name="ionq_qpu.forte-1",
        description="",
        gateset="native",
        num_qubits=wires,
        simulator=False,
    )


def compiled(circuit: Circuit) -> Circuit:
    """Compile."""
    found = transpile(
        to_qiskit(circuit), target(circuit.wires), optimization_level=3, seed_transpiler=0
    )
    return from_qiskit(found, circuit.wires)
