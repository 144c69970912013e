"""What a compiled circuit takes: gates that a machine carries out, and how many in a row."""

from typing import NamedTuple

from qml.circuits import Circuit

ONE, TWO = frozenset({"gpi", "gpi2"}), frozenset({"zz", "ms"})
UNCOUNTED = frozenset({"rz", "swap"})
"""Turns of the reference frame and names of wires: nothing happens to the ions."""


class Counts(NamedTuple):
    """Gates and depth.

    Attributes:
        two_qubit: Gates on two qubits.
        one_qubit: Pulses on one qubit.
        depth: Longest chain of both, one after the other.
    """

    two_qubit: int
    one_qubit: int
    depth: int


def count(circuit: Circuit) -> Counts:
    """Count.

    Raises:
        ValueError: A gate is not native.
    """
    foreign = {g.name for g in circuit.gates} - ONE - TWO - UNCOUNTED
    if foreign:
        raise ValueError(f"not native: {', '.join(sorted(foreign))}")
    levels = [0] * circuit.wires
    for gate in circuit.gates:
        if gate.name == "swap":
            a, b = gate.wires
            levels[a], levels[b] = levels[b], levels[a]
        elif gate.name not in UNCOUNTED:
            after = 1 + max(levels[w] for w in gate.wires)
            for wire in gate.wires:
                levels[wire] = after
    names = [g.name for g in circuit.gates]
    return Counts(
        sum(n in TWO for n in names), sum(n in ONE for n in names), max(levels, default=0)
    )
