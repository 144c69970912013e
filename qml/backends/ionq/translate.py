"""From circuits to Qiskit with IonQ's native gates, and from outcomes to bit strings.

IonQ counts qubit 0 as the least significant bit of an outcome. Here wire w is qubit w, and an
outcome's bits are reversed when they are read (`bits`); nothing else reverses bits.
"""

from typing import Any

from qiskit import QuantumCircuit
from qiskit_ionq import GPI2Gate, GPIGate, MSGate, ZZGate

from qml.circuits import Circuit, Gate
from qml.errors import ProviderError

_NATIVE = {"gpi": GPIGate, "gpi2": GPI2Gate, "ms": MSGate, "zz": ZZGate}
_RENAMED = {"cnot": "cx", "ccnot": "ccx"}


def program(circuit: Circuit, name: str) -> Any:
    """Make a Qiskit circuit that measures every wire w into bit w.

    Args:
        circuit: Native gates, or those of `standard.SENT`.
        name: Name of the circuit in its job.
    """
    made = QuantumCircuit(circuit.wires, circuit.wires, name=name)
    for gate in circuit.gates:
        _append(made, gate)
    made.measure(range(circuit.wires), range(circuit.wires))
    return made


def bits(outcome: str, wires: int) -> str:
    """Read an outcome (decimal, qubit 0 least significant) as a bit string, wire 0 first.

    Raises:
        ProviderError: It is no number, or has a bit outside the register.
    """
    if not (outcome.isascii() and outcome.isdigit()) or int(outcome) >> wires:
        raise ProviderError(f"IonQ tells an outcome `{outcome[:40]}` of {wires} qubits")
    return format(int(outcome), f"0{wires}b")[::-1]


def _append(made: Any, gate: Gate) -> None:
    params = [float(p) for p in gate.params]
    native = _NATIVE.get(gate.name)
    if native is not None:
        made.append(native(*params), gate.wires)
    else:
        getattr(made, _RENAMED.get(gate.name, gate.name))(*params, *gate.wires)
