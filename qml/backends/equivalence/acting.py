"""What a circuit does to a state, in NumPy: independent of every engine, and stopped in time.

Gates on one wire are gathered until a wider one needs them. A gate touches the slices of its wires
that it changes, so that a controlled or a diagonal one is cheap.
"""

import math
import time
from itertools import product

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit
from qml.circuits.gates import matrix

State = NDArray[np.complex128]


class TooLongError(Exception):
    """The time that was given is over."""


def acted(circuit: Circuit, state: State, until: float = math.inf) -> State:
    """Return the circuit's action on a state, shape (2, ..., 2), wire 0 first.

    Args:
        circuit: Bound.
        state: Left as it is.
        until: Time of `time.monotonic` at which to give up.

    Raises:
        TooLongError: It took longer.
    """
    psi = np.array(state, dtype=np.complex128)
    waiting: dict[int, State] = {}
    for gate in circuit.gates:
        block = matrix(gate.name, [float(p) for p in gate.params])
        if len(gate.wires) == 1:
            (wire,) = gate.wires
            waiting[wire] = block @ waiting[wire] if wire in waiting else block
            continue
        for wire in gate.wires:
            if wire in waiting:
                _apply(waiting.pop(wire), (wire,), psi)
        _apply(block, gate.wires, psi)
        if time.monotonic() > until:
            raise TooLongError
    for wire, block in waiting.items():
        _apply(block, (wire,), psi)
    return psi


def _apply(block: State, wires: tuple[int, ...], psi: State) -> None:
    """Apply a matrix in place, first wire most significant."""
    places = [_place(wires, bits, psi.ndim) for bits in product((0, 1), repeat=len(wires))]
    unlike = block - np.eye(len(block))
    rows = [i for i in range(len(block)) if unlike[i].any()]
    made = [sum(block[i, j] * psi[places[j]] for j in np.flatnonzero(block[i])) for i in rows]
    for i, part in zip(rows, made, strict=True):
        psi[places[i]] = part


def _place(wires: tuple[int, ...], bits: tuple[int, ...], ndim: int) -> tuple[int | slice, ...]:
    found: list[int | slice] = [slice(None)] * ndim
    for wire, bit in zip(wires, bits, strict=True):
        found[wire] = bit
    return tuple(found)
