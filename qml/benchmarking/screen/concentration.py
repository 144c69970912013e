"""Whether the entries of a quantum kernel crowd together as qubits are added.

S. Thanasilp, S. Wang, M. Cerezo, Z. Holmes, Nature Communications 15, 5200 (2024),
arXiv:2208.11060: where the spread of the entries shrinks exponentially, the shots that tell two of
them apart grow exponentially, and from fewer shots the machine learns nothing of the data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log2

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

_Z = 1.959964 + 0.841621
"""Two-sided error of 5 % and power of 80 %."""
MOST_SHOTS = 10**15
"""Beyond it the number says no more than: never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Entries of a kernel off its diagonal.

    Attributes:
        qubits: Number of qubits.
        mean: Their mean.
        variance: Their variance.
        shots: Shots of each entry that tell two typical ones apart.
    """

    qubits: int
    mean: float
    variance: float
    shots: int


def spread(kernel: Matrix, qubits: int) -> Spread:
    """Return mean and variance of the entries above the diagonal.

    Args:
        kernel: Shape (N, N), N at least 3.
        qubits: Number of qubits, or of features.
    """
    entries = kernel[np.triu_indices(len(kernel), 1)]
    mean, variance = float(entries.mean()), float(entries.var())
    return Spread(qubits=qubits, mean=mean, variance=variance, shots=shots(mean, variance))


def shots(mean: float, variance: float) -> int:
    """Return the shots of each entry that tell two typical ones apart.

    Two entries lie sqrt(2 variance) apart, and a frequency of n shots has the variance
    p (1 - p) / n: n = z^2 p (1 - p) / variance, at an error of 5 % and a power of 80 %.
    """
    noise = mean * (1.0 - mean)
    if variance <= _Z**2 * noise / MOST_SHOTS:
        return MOST_SHOTS
    return max(1, ceil(_Z**2 * noise / variance))


def bits_per_qubit(spreads: Sequence[Spread]) -> float | None:
    """Return by how many powers of two the variance falls with each qubit, by least squares.

    Args:
        spreads: For several numbers of qubits; None is returned where there is one.
    """
    known = [s for s in spreads if s.variance > 0]
    if len({s.qubits for s in known}) < 2:  # noqa: PLR2004 - a line needs two points
        return None
    slope = np.polyfit([s.qubits for s in known], [log2(s.variance) for s in known], 1)[0]
    return -float(slope)
