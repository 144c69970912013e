"""Circuits that differ in their angles only, as one circuit with broadcast parameters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from qml.circuits import Circuit, Gate


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Circuits of one structure.

    Attributes:
        rows: Their places in the batch.
        circuit: One circuit whose parameters have shape (rows,).
    """

    rows: tuple[int, ...]
    circuit: Circuit


def broadcast(circuits: Sequence[Circuit], *, most: int) -> Iterator[Broadcast]:
    """Gather circuits of equal structure, at most `most` at once."""
    groups: dict[object, list[int]] = {}
    for place, circuit in enumerate(circuits):
        key = (circuit.wires, tuple((g.name, g.wires) for g in circuit.gates))
        groups.setdefault(key, []).append(place)
    for rows in groups.values():
        for start in range(0, len(rows), most):
            chosen = tuple(rows[start : start + most])
            yield Broadcast(chosen, _stack([circuits[r] for r in chosen]))


def _stack(circuits: Sequence[Circuit]) -> Circuit:
    first = circuits[0]
    gates = [
        Gate(column[0].name, column[0].wires, _columns([g.params for g in column]))
        if column[0].params
        else column[0]
        for column in zip(*(c.gates for c in circuits), strict=True)
    ]
    return Circuit(first.wires, tuple(gates))


def _columns(params: Sequence[tuple[float, ...]]) -> tuple[np.ndarray, ...]:
    return tuple(np.array(params, dtype=np.float64).T)
