"""Circuits as OpenQASM 2, native gates as the rotations that they are."""

import math
from collections.abc import Callable, Iterator

from qml.circuits import Circuit, Gate
from qml.circuits.gates import TURN

Call = tuple[str, tuple[float, ...]]

_NAMES = {"cnot": "cx", "cphase": "cu1", "phase": "u1"}
_NATIVE: dict[str, Callable[[float], list[Call]]] = {
    "gpi": lambda t: [("rz", (-TURN * t,)), ("rx", (math.pi,)), ("rz", (TURN * t,))],
    "gpi2": lambda t: [("rz", (-TURN * t,)), ("rx", (math.pi / 2,)), ("rz", (TURN * t,))],
    "zz": lambda t: [("rzz", (TURN * t,))],
}


def qasm(circuit: Circuit) -> str:
    """Return the program, up to its global phase."""
    lines = ["OPENQASM 2.0;", 'include "qelib1.inc";', f"qreg q[{circuit.wires}];"]
    return "\n".join([*lines, *(line for gate in circuit.gates for line in _lines(gate))]) + "\n"


def _lines(gate: Gate) -> Iterator[str]:
    wires = ",".join(f"q[{wire}]" for wire in gate.wires)
    angles = tuple(float(p) for p in gate.params)
    native = _NATIVE.get(gate.name)
    for name, found in native(*angles) if native else [(_NAMES.get(gate.name, gate.name), angles)]:
        given = f"({','.join(f'{a:.17g}' for a in found)})" if found else ""
        yield f"{name}{given} {wires};"
