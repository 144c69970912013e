"""From circuits to Qiskit, and from Qiskit's counts to ours.

Qiskit counts qubit 0 as the last character. Here wire w becomes qubit `wires - 1 - w`, so that a
bit string of Qiskit is a bit string of ours; nothing else reverses bits.
"""

from collections.abc import Sequence
from typing import Any

from qiskit import QuantumCircuit
from qiskit.circuit.library import UnitaryGate, get_standard_gate_name_mapping

from qml.circuits import Circuit, Gate
from qml.circuits.gates import matrix
from qml.results.counts import Counts

REGISTER = "meas"
_STANDARD = get_standard_gate_name_mapping()
_RENAMED = {
    "phase": "p",
    "u3": "u",
    "cnot": "cx",
    "cphase": "cp",
    "ccnot": "ccx",
}


def qubits(wires: Sequence[int], register: int) -> list[int]:
    """Return the qubits of some wires of a register."""
    return [register - 1 - w for w in wires]


def measured(circuit: Circuit) -> Any:
    """Make a Qiskit circuit that measures every wire at its end, into the register `meas`."""
    made = QuantumCircuit(circuit.wires)
    for gate in circuit.gates:
        on = qubits(gate.wires, circuit.wires)
        operation = _operation(gate)
        # a matrix of Qiskit has the first qubit as its least significant bit
        made.append(operation, on[::-1] if isinstance(operation, UnitaryGate) else on)
    made.measure_all()
    return made


def counts(bits: Any, wires: int) -> Counts:
    """Read the samples of one circuit (`BitArray`)."""
    return Counts(wires, {key: int(times) for key, times in bits.get_counts().items()})


def _operation(gate: Gate) -> Any:
    params = [float(p) for p in gate.params]
    known = _STANDARD.get(_RENAMED.get(gate.name, gate.name))
    if known is None:
        return UnitaryGate(matrix(gate.name, params), label=gate.name)
    return type(known)(*params)
