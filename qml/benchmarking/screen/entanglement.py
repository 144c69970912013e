"""How much entanglement a feature map makes, and what a matrix product state needs to hold it.

A state whose bond dimension stays small is simulated by matrix product states at any number of
qubits (G. Vidal, Phys. Rev. Lett. 91, 147902 (2003)).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

States = NDArray[np.complex128]
Floats = NDArray[np.float64]

DISCARDED = 1e-3
"""Weight that a matrix product state may lose at a cut."""
_SHARE = 95.0
"""Percentile of the rows whose bond dimension is told."""


class Entangled(NamedTuple):
    """Entanglement of the states of some rows.

    Attributes:
        entropy: Mean over rows of the entropy across the middle cut (bits).
        random: That of random states, Page's value (bits).
        bond: Bond dimension that holds 95 % of the rows up to a weight of 0.001 at every cut.
        most: The largest that is possible.
    """

    entropy: float
    random: float
    bond: int
    most: int


def entangled(states: States) -> Entangled:
    """Measure the entanglement of states.

    Args:
        states: Shape (rows, 2**qubits), 1 qubit or more.
    """
    qubits = states.shape[1].bit_length() - 1
    cuts = [_weights(states, left) for left in range(1, qubits)]
    bonds = np.max([_bonds(w) for w in cuts], axis=0) if cuts else np.ones(len(states))
    middle = cuts[qubits // 2 - 1] if cuts else np.ones((len(states), 1))
    return Entangled(
        entropy=float(_entropies(middle).mean()),
        random=page(qubits // 2, qubits - qubits // 2),
        bond=int(np.ceil(np.percentile(bonds, _SHARE))),
        most=2 ** (qubits // 2),
    )


def page(first: int, second: int) -> float:
    """Return the mean entropy of random states cut into `first` <= `second` qubits (bits).

    D. Page, Phys. Rev. Lett. 71, 1291 (1993): sum_(k = n + 1)^(m n) 1/k - (m - 1) / (2 n) nats,
    with m <= n the dimensions of the parts.
    """
    m, n = 2**first, 2**second
    harmonic = float(np.sum(1.0 / np.arange(n + 1, m * n + 1)))
    return float((harmonic - (m - 1) / (2 * n)) / np.log(2.0))


def _weights(states: States, left: int) -> Floats:
    """Return squared Schmidt coefficients, largest first, shape (rows, min of the dimensions)."""
    parts = states.reshape(len(states), 2**left, -1)
    values = np.linalg.svd(parts, compute_uv=False) ** 2
    weights: Floats = values / values.sum(axis=1, keepdims=True)
    return weights


def _bonds(weights: Floats) -> NDArray[np.int64]:
    """Return how many coefficients each row needs."""
    lost = 1.0 - np.cumsum(weights, axis=1)
    counted: NDArray[np.int64] = 1 + np.sum(lost > DISCARDED, axis=1)
    return counted


def _entropies(weights: Floats) -> Floats:
    positive = np.maximum(weights, 1e-300)
    entropies: Floats = -np.sum(weights * np.log2(positive), axis=1)
    return entropies
