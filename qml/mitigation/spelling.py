"""Inverses of gates and Pauli gates, as a machine spells them."""

from qml.circuits import Circuit, Gate
from qml.circuits.gates import adjoint

_QUARTER = 0.25
_PAULIS = {
    "X": (("gpi", (0.0,)),),
    "Y": (("gpi", (_QUARTER,)),),
    "Z": (("gpi", (0.0,)), ("gpi", (_QUARTER,))),  # Y X = -i Z
}


def undone(gate: Gate) -> Gate:
    """Return the inverse of a gate, up to a phase, in the same gate set.

    IonQ takes no negative angle of MS: its first phase turns by half in place.
    """
    if gate.name == "ms":
        first, second, angle = gate.params
        return Gate("ms", gate.wires, ((float(first) + 0.5) % 1.0, second, angle))
    name, params = adjoint(gate.name, gate.params)
    if gate.name == "gpi2":
        return Gate(name, gate.wires, (float(params[0]) % 1.0,))
    return Gate(name, gate.wires, params)


def pauli_gates(letter: str, wire: int, circuit: Circuit) -> tuple[Gate, ...]:
    """Return gates that are a Pauli operator up to a phase, in the gate set of a circuit."""
    if circuit.verbatim:
        return tuple(Gate(name, (wire,), params) for name, params in _PAULIS[letter])
    return (Gate(letter.lower(), (wire,)),)
