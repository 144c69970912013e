"""Circuits as OpenQASM 2, in the gates of its library; others as the rotations that they are."""

from qml.backends.lower import BASIS, lower
from qml.circuits import Circuit, Gate

_NAMES = {"cnot": "cx", "cphase": "cu1", "phase": "u1"}
_KNOWN = BASIS | {"rxx", "ryy", "rzz", "cphase"}


def qasm(circuit: Circuit) -> str:
    """Return the program, up to its global phase."""
    head = ["OPENQASM 2.0;", 'include "qelib1.inc";', f"qreg q[{circuit.wires}];"]
    parts = (part for gate in circuit.gates for part in lower(gate, _KNOWN))
    return "\n".join([*head, *map(_line, parts)]) + "\n"


def _line(gate: Gate) -> str:
    angles = ",".join(f"{float(p):.17g}" for p in gate.params)
    wires = ",".join(f"q[{wire}]" for wire in gate.wires)
    return f"{_NAMES.get(gate.name, gate.name)}{f'({angles})' if angles else ''} {wires};"
