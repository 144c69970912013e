"""What a circuit costs in gates and depth."""

from collections import Counter
from dataclasses import dataclass

from qml.circuits.circuit import Circuit


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """Counts of one circuit as it is written, before any compilation.

    Attributes:
        wires: Number of wires.
        one_qubit: Gates on one wire.
        two_qubit: Gates on two wires.
        wider: Gates on three or more wires.
        depth: Length of the longest chain of gates that share wires.
        by_name: Gates by name.
    """

    wires: int
    one_qubit: int
    two_qubit: int
    wider: int
    depth: int
    by_name: dict[str, int]


def resources(circuit: Circuit) -> Resources:
    """Count the gates of a circuit and its depth."""
    level = [0] * circuit.wires
    for gate in circuit.gates:
        depth = 1 + max(level[w] for w in gate.wires)
        for wire in gate.wires:
            level[wire] = depth
    width = Counter(len(g.wires) for g in circuit.gates)
    return Resources(
        wires=circuit.wires,
        one_qubit=width[1],
        two_qubit=width[2],
        wider=sum(n for w, n in width.items() if w > 2),  # noqa: PLR2004 - three wires and more
        depth=max(level, default=0),
        by_name=dict(sorted(Counter(g.name for g in circuit.gates).items())),
    )
