"""Into Qiskit and back."""

from collections.abc import Iterator
from typing import Any

from qiskit import QuantumCircuit

from qml.circuits import Circuit, Gate


def to_qiskit(circuit: Circuit) -> Any:
    """Translate a case; its gates have methods of the same names, but for two."""
    names = {"cnot": "cx", "cphase": "cp"}
    found = QuantumCircuit(circuit.wires)
    for gate in circuit.gates:
        getattr(found, names.get(gate.name, gate.name))(*map(float, gate.params), *gate.wires)
    return found


def from_qiskit(compiled: Any, wires: int) -> Circuit:
    """Read native gates, and as SWAP gates the wires that Qiskit chose at both ends."""
    gates = [
        Gate(i.operation.name, _places(compiled, i.qubits), tuple(map(float, i.operation.params)))
        for i in compiled.data
    ]
    if compiled.layout is None:
        return Circuit.of(wires, gates)
    begin = reversed(list(_swaps(compiled.layout.initial_index_layout())))
    return Circuit.of(wires, [*begin, *gates, *_swaps(compiled.layout.final_index_layout())])


def _places(compiled: Any, qubits: Any) -> tuple[int, ...]:
    return tuple(compiled.find_bit(q).index for q in qubits)


def _swaps(layout: list[int]) -> Iterator[Gate]:
    """Bring what lies on wire layout[i] to wire i."""
    places = list(layout)
    for wire in range(len(places)):
        place = places[wire]
        if place != wire:
            yield Gate("swap", (wire, place))
            places[places.index(wire)], places[wire] = place, wire
