"""Small circuits side by side on one register: they share its shots, and its minimum price.

Niu and Todri-Sanial, "How parallel circuit execution can be useful for NISQ computing?", DATE 2022,
arXiv:2112.00387: on hardware neighbours may disturb each other; on trapped ions with gates that
address single pairs the loss is small, but it is not nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qml.circuits.circuit import Circuit, Gate
from qml.results.counts import Counts


@dataclass(frozen=True, slots=True)
class Packing:
    """Where circuits lie on shared registers.

    Attributes:
        circuits: The wide circuits.
        places: For each small circuit, in order: its wide circuit, its first wire, its wires.
    """

    circuits: tuple[Circuit, ...]
    places: tuple[tuple[int, int, int], ...]

    def unpack(self, counts: Sequence[Counts]) -> tuple[Counts, ...]:
        """Return the counts of the small circuits from those of the wide ones."""
        return tuple(_part(counts[wide], first, wires) for wide, first, wires in self.places)


def pack(circuits: Sequence[Circuit], qubits: int) -> Packing:
    """Lay circuits side by side, in order, on as few registers as that order allows.

    Args:
        circuits: Each no wider than a register.
        qubits: Wires of a register.
    """
    registers: list[list[Gate]] = []
    places: list[tuple[int, int, int]] = []
    widths: list[int] = []
    for circuit in circuits:
        if not registers or widths[-1] + circuit.wires > qubits:
            registers.append([])
            widths.append(0)
        first = widths[-1]
        registers[-1] += [_moved(gate, first) for gate in circuit.gates]
        places.append((len(registers) - 1, first, circuit.wires))
        widths[-1] += circuit.wires
    verbatim = any(circuit.verbatim for circuit in circuits)
    wide = (Circuit(w, tuple(g), verbatim) for w, g in zip(widths, registers, strict=True))
    return Packing(tuple(wide), tuple(places))


def _moved(gate: Gate, by: int) -> Gate:
    return Gate(gate.name, tuple(w + by for w in gate.wires), gate.params) if by else gate


def _part(counts: Counts, first: int, wires: int) -> Counts:
    """Return the counts of some neighbouring wires, whatever the others showed."""
    tally: dict[str, int] = {}
    for key, times in counts.tally.items():
        part = key[first : first + wires]
        tally[part] = tally.get(part, 0) + times
    return Counts(wires, tally)
