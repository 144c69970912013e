"""Expectations from counts: which bases to measure, and how to combine what was seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qml.circuits.circuit import Circuit, Gate
from qml.circuits.observables import Observable, ZeroProjector
from qml.results.counts import Counts

Basis = dict[int, str]
"""Letter X, Y or Z of each measured wire."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """How observables are measured by sampling.

    Attributes:
        bases: One setting of all wires each; every circuit is run once per basis.
        terms: For each observable, its coefficient, its wires and the number of its basis.
    """

    bases: tuple[Basis, ...]
    terms: tuple[tuple[tuple[float, tuple[int, ...], int], ...], ...]

    def circuits(self, circuits: Sequence[Circuit]) -> list[Circuit]:
        """Return every circuit rotated into every basis, bases innermost."""
        endings = [_rotation(basis) for basis in self.bases]
        return [
            Circuit(c.wires, (*c.gates, *ending)) if ending else c
            for c in circuits
            for ending in endings
        ]

    def expectations(self, counts: Sequence[Counts]) -> NDArray[np.float64]:
        """Combine the counts of `circuits(...)`; shape (circuits, observables)."""
        bases = len(self.bases)
        rows = [self._row(counts[i : i + bases]) for i in range(0, len(counts), bases)]
        return np.array(rows)

    def _row(self, counts: Sequence[Counts]) -> list[float]:
        seen = [
            (1 - 2 * bits.astype(np.int64), times) for bits, times in (c.arrays() for c in counts)
        ]
        return [
            sum(c * _parity_mean(*seen[basis], wires) for c, wires, basis in terms)
            for terms in self.terms
        ]


def plan_measurement(observables: Sequence[Observable]) -> Measurement:
    """Group Pauli strings that one setting of all wires measures (qubit-wise commuting, greedy)."""
    bases: list[Basis] = []
    terms = tuple(
        tuple(
            (coefficient, tuple(w for w, _ in string), _place(dict(string), bases))
            for coefficient, string in observable.terms
        )
        for observable in observables
    )
    return Measurement(tuple(bases), terms)


def zero_probabilities(counts: Sequence[Counts]) -> NDArray[np.float64]:
    """Return the share of all-zero outcomes of each circuit; shape (circuits,)."""
    return np.array([c.tally.get("0" * c.wires, 0) / c.shots for c in counts])


def is_projector(observables: Sequence[Observable | ZeroProjector]) -> bool:
    """Whether the one thing wanted is the projector on |0...0>."""
    return len(observables) == 1 and isinstance(observables[0], ZeroProjector)


def _place(string: Basis, bases: list[Basis]) -> int:
    for number, basis in enumerate(bases):
        if all(basis.get(wire, letter) == letter for wire, letter in string.items()):
            basis.update(string)
            return number
    bases.append(dict(string))
    return len(bases) - 1


def _rotation(basis: Basis) -> tuple[Gate, ...]:
    gates: list[Gate] = []
    for wire, letter in sorted(basis.items()):
        if letter == "Y":
            gates.append(Gate("sdg", (wire,)))
        if letter in "XY":
            gates.append(Gate("h", (wire,)))
    return tuple(gates)


def _parity_mean(
    signs: NDArray[np.int64], times: NDArray[np.int64], wires: tuple[int, ...]
) -> float:
    return float(signs[:, list(wires)].prod(axis=1) @ times / times.sum())
