"""What a circuit showed, sampled or exact, and averages over it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.results.counts import Counts

Target = tuple[int, ...] | None
"""What is averaged: the product of Z on these wires, or, for None, the projector on |0...0>."""

Array = NDArray[np.float64]


class Weights(NamedTuple):
    """What a measured bit counts in place of its value, which undoes readout errors on average.

    With A[m, t] the probability to read m where the truth is t, a function f of the truth is
    estimated without bias by A^-T f of what is read (Bravyi et al., Phys. Rev. A 103, 042605, 2021,
    arXiv:2006.14044, for A a product over wires).

    Attributes:
        signs: In place of 1 and -1, shape (wires, 2).
        zeros: In place of 1 and 0, shape (wires, 2).
    """

    signs: Array
    zeros: Array


class Tally(NamedTuple):
    """Bit strings and how often each was seen, or how probable it is.

    Attributes:
        bits: Shape (distinct, wires), wire 0 first.
        times: Shape (distinct,), not negative.
    """

    bits: NDArray[np.int8]
    times: Array

    @classmethod
    def of(cls, counts: Counts) -> "Tally":
        """Take counts."""
        bits, times = counts.arrays()
        return cls(bits, times.astype(np.float64))

    @property
    def total(self) -> float:
        """Number of shots, or 1."""
        return float(self.times.sum())

    def means(self, targets: Sequence[Target], weights: Weights | None = None) -> Array:
        """Return the average of every target, shape (targets,)."""
        return np.array([self.products(t, weights) @ self.times for t in targets]) / self.total

    def joined(self, other: "Tally") -> "Tally":
        """Add the shots of a further look."""
        return Tally(
            np.concatenate([self.bits, other.bits]), np.concatenate([self.times, other.times])
        )

    def kept(self, keep: NDArray[np.bool_]) -> "Tally":
        """Return the rows that are to be kept."""
        return Tally(self.bits[keep], self.times[keep])

    def products(self, target: Target, weights: Weights | None = None) -> Array:
        """Return the value of a target in every row, shape (distinct,)."""
        wires = range(self.bits.shape[1]) if target is None else target
        usual = np.array([1.0, 0.0]) if target is None else np.array([1.0, -1.0])
        table = None if weights is None else weights.zeros if target is None else weights.signs
        found = np.ones(len(self.bits))
        for wire in wires:
            found *= (usual if table is None else table[wire])[self.bits[:, wire]]
        return found
