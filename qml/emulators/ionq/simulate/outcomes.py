"""What a program gives: outcomes with their weights."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qml.emulators.ionq.programs import Program

MOST_QUBITS = 24
"""A dense state of more does not fit a small machine: 24 qubits take 256 MiB."""

MOST_EXACT_QUBITS = 20
"""An exact distribution has an outcome for every bit string, a million of them."""

ZERO = 1e-12
"""A probability below this is rounding."""

Outcome = tuple[int, int]
"""Qubits (qubit 0 least significant) and classical bits (bit 0 least significant)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """Outcomes of one program.

    Attributes:
        weights: Probability of each outcome, or how often it was seen, by outcome, sorted.
        shots: How many shots were sampled, or None where the weights are exact probabilities.
    """

    weights: dict[Outcome, float]
    shots: int | None

    @property
    def probabilities(self) -> dict[int, float]:
        """Probability or frequency by the value of all qubits; exact multiples of 1 / shots."""
        found: dict[int, float] = {}
        for (qubits, _), weight in self.weights.items():
            found[qubits] = found.get(qubits, 0) + weight
        return {value: weight / (self.shots or 1) for value, weight in sorted(found.items())}

    def spread(self, wires: tuple[int, ...]) -> "Outcomes":
        """Put the qubits at other numbers; the qubits between them are 0.

        Args:
            wires: New number of each qubit.
        """
        found = {
            (sum((qubits >> place & 1) << wire for place, wire in enumerate(wires)), bits): weight
            for (qubits, bits), weight in self.weights.items()
        }
        return Outcomes(weights=dict(sorted(found.items())), shots=self.shots)


def from_array(weights: NDArray[np.float64], program: Program, shots: int | None) -> Outcomes:
    """Read weights of all qubits at the end of a program that is not dynamic.

    Args:
        weights: By index with qubit 0 most significant, shape (2**qubits,).
        program: The program.
        shots: As in `Outcomes`.
    """
    kept = np.flatnonzero(weights > ZERO)
    found = {
        (value, program.read_bits(value)): weight
        for value, weight in zip(
            reversed_bits(kept, program.qubits).tolist(), weights[kept].tolist(), strict=True
        )
    }
    return Outcomes(weights=dict(sorted(found.items())), shots=shots)


def reversed_bits(values: NDArray[np.integer], width: int) -> NDArray[np.int64]:
    """Turn the order of the bits of every value around."""
    turned = np.zeros(len(values), dtype=np.int64)
    for bit in range(width):
        turned |= (values.astype(np.int64) >> bit & 1) << (width - 1 - bit)
    return turned
