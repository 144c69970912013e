"""States of circuits that share a structure, in NumPy: independent of every backend."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit, Observable, ZeroProjector
from qml.circuits.gates import matrix

States = NDArray[np.complex128]
MOST_STATE_WIRES = 12
"""Up to here exact states of many rows are made."""
_PAULIS = {"X": matrix("x"), "Y": matrix("y"), "Z": matrix("z")}


def states(circuits: Sequence[Circuit]) -> States:
    """Return states of circuits with equal gates on equal wires, shape (circuits, 2**wires).

    Angles may differ. Wire 0 is the most significant bit of an index.
    """
    wires = circuits[0].wires
    psi = np.zeros((len(circuits),) + (2,) * wires, dtype=np.complex128)
    psi[(slice(None),) + (0,) * wires] = 1
    for gates in zip(*(c.gates for c in circuits), strict=True):
        params = [g.params for g in gates]
        alike = all(p == params[0] for p in params)
        blocks = [matrix(g.name, g.params) for g in (gates[:1] if alike else gates)]
        psi = _apply(np.array(blocks), gates[0].wires, psi)
    return psi.reshape(len(circuits), -1)


def expectations(
    psi: States, observables: Sequence[Observable | ZeroProjector]
) -> NDArray[np.float64]:
    """Return exact expectations, shape (circuits, observables)."""
    return np.stack([_expectation(psi, o) for o in observables], axis=1)


def _expectation(psi: States, observable: Observable | ZeroProjector) -> NDArray[np.float64]:
    if isinstance(observable, ZeroProjector):
        return np.asarray(np.abs(psi[:, 0]) ** 2)
    wires = psi.shape[1].bit_length() - 1
    shaped = psi.reshape((len(psi),) + (2,) * wires)
    total = np.zeros(len(psi))
    for coefficient, string in observable.terms:
        moved = shaped
        for wire, letter in string:
            moved = _apply(_PAULIS[letter][None], (wire,), moved)
        total += coefficient * np.einsum("bs,bs->b", psi.conj(), moved.reshape(psi.shape)).real
    return total


def _apply(blocks: States, wires: tuple[int, ...], psi: States) -> States:
    """Apply one matrix to all states (1, K, K), or each its own (circuits, K, K)."""
    front = tuple(range(1, len(wires) + 1))
    axes = tuple(w + 1 for w in wires)
    moved = np.moveaxis(psi, axes, front)
    flat = moved.reshape(len(psi), blocks.shape[-1], -1)
    return np.moveaxis((blocks @ flat).reshape(moved.shape), front, axes)
