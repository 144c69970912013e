"""Exact evolution of a density matrix under depolarising noise, for few qubits.

The density matrix is a vector on twice the wires: rows first, columns after. The channel of IonQ's
noise model (IonQ, simulation with noise models; K0 = sqrt(1 - 3r/4) I, ...) is the same as: with
probability r the qubits are replaced by the fully mixed state.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qml.backends.noise import Rates
from qml.emulators.ionq.programs import Program, Unitary
from qml.emulators.ionq.simulate.dense import States, apply


def noisy_distribution(program: Program, rates: Rates) -> NDArray[np.float64]:
    """Return the distribution of all qubits at the end, shape (2**qubits,)."""
    n = program.qubits
    state: States = np.zeros((1, 4**n), dtype=np.complex128)
    state[0, 0] = 1
    for step in program.unitaries:
        state = _noisy(state, step, rates, n)
    diagonal = np.real(np.diagonal(state.reshape(2**n, 2**n)))
    clipped = np.clip(diagonal, 0, None).astype(np.float64)
    return np.asarray(clipped / clipped.sum())


def _noisy(state: States, step: Unitary, rates: Rates, n: int) -> States:
    if step.places == (step.wires,):
        return _channel(state, step.matrix, step.wires, rates, n)
    columns = tuple(n + w for w in step.wires)
    state = apply(state, step.matrix, step.wires, 2 * n)
    state = apply(state, step.matrix.conj(), columns, 2 * n)
    for place in step.places:
        still = np.eye(1 << len(place), dtype=np.complex128)
        state = _channel(state, still, place, rates, n)
    return state


def _channel(
    state: States,
    unitary: NDArray[np.complex128],
    wires: tuple[int, ...],
    rates: Rates,
    n: int,
) -> States:
    rate = rates.one_qubit if len(wires) == 1 else rates.two_qubit
    both = np.multiply.outer((1 - rate) * unitary, unitary.conj()).transpose(0, 2, 1, 3)
    whole = both.reshape(len(unitary) ** 2, -1) + _mixing(rate, len(unitary))
    return apply(state, whole, (*wires, *(n + w for w in wires)), 2 * n)


@lru_cache(maxsize=64)
def _mixing(rate: float, size: int) -> NDArray[np.complex128]:
    """Replace the qubits by the fully mixed state, with probability `rate`."""
    identity = np.eye(size, dtype=np.complex128).reshape(-1)
    return np.asarray(rate / size * np.outer(identity, identity))
