"""Counts of measured bit strings. The bit order is stated here, once.

**Bit order: wire 0 is the first (leftmost) character of a bit string, and the most significant bit
of an index.**
It is the order of PennyLane and Cirq, and the reverse of that of Qiskit and IonQ; only a plug-in's
`translate.py`
reverses it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each bit string was seen.

    Attributes:
        wires: Length of every bit string.
        tally: Bit string (wire 0 first) to number of shots, zeros left out.
    """

    wires: int
    tally: Mapping[str, int]

    @property
    def shots(self) -> int:
        """Total number of shots."""
        return sum(self.tally.values())

    @classmethod
    def from_samples(cls, samples: NDArray[np.integer]) -> "Counts":
        """Count samples of shape (shots, wires) with entries 0 and 1, wire 0 in column 0."""
        wires = samples.shape[1]
        rows, times = np.unique(samples, axis=0, return_counts=True)
        keys = ["".join(map(str, row)) for row in rows.tolist()]
        return cls(wires, dict(zip(keys, times.tolist(), strict=True)))

    def arrays(self) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
        """Return distinct bit strings (distinct, wires) and how often each was seen (distinct,)."""
        bits = np.array([[int(b) for b in key] for key in self.tally], dtype=np.int8)
        return bits.reshape(len(self.tally), self.wires), np.fromiter(
            self.tally.values(), dtype=np.int64, count=len(self.tally)
        )

    def probabilities(self) -> NDArray[np.float64]:
        """Return relative frequencies by index, shape (2**wires,)."""
        found = np.zeros(2**self.wires)
        for key, times in self.tally.items():
            found[int(key, 2)] = times
        return found / self.shots
