"""Exact outcomes of a noisy circuit, by density matrix: what a planner knows beforehand.

The noise is that of `[backend.noise]`: a depolarising channel after every gate as it is written,
then flips of the measured bits. It takes 4^wires numbers.
"""

import numpy as np
from numpy.typing import NDArray

from qml.circuits import Circuit, Gate
from qml.circuits.gates import matrix
from qml.errors import PlanError
from qml.mitigation.base import Noise
from qml.mitigation.tally import Tally

PAIR = 2

State = NDArray[np.complex128]
"""Shape (2,) * 2 wires: rows first, then columns."""


def work(circuit: Circuit) -> int:
    """Return how many numbers are touched, a measure of time: gates times 4^wires."""
    return int(len(circuit.gates) * 4**circuit.wires)


def outcomes(circuit: Circuit, noise: Noise) -> Tally:
    """Return the probabilities of all bit strings of a circuit, as they are read.

    Raises:
        PlanError: Noise acts on a gate of three wires, for which there is no rate.
    """
    wires = circuit.wires
    state = np.zeros((2,) * (2 * wires), dtype=np.complex128)
    state[(0,) * (2 * wires)] = 1.0
    for gate in circuit.gates:
        state = _depolarised(_after(state, gate), gate, noise)
    size = 2**wires
    probabilities = state.reshape(size, size).diagonal().real.reshape((2,) * wires)
    for wire in range(wires):
        flipped = np.flip(probabilities, wire)
        probabilities = (1 - noise.readout) * probabilities + noise.readout * flipped
    flat = np.clip(probabilities.reshape(-1), 0.0, None)
    return Tally(_strings(wires), flat / flat.sum())


def _after(state: State, gate: Gate) -> State:
    """Return U state U^dagger."""
    half, k = state.ndim // 2, len(gate.wires)
    unitary = matrix(gate.name, [float(p) for p in gate.params]).reshape((2,) * (2 * k))
    rows, columns = list(gate.wires), [half + w for w in gate.wires]
    for operator, axes in ((unitary, rows), (unitary.conj(), columns)):
        moved = np.tensordot(operator, state, axes=(list(range(k, 2 * k)), axes))
        state = np.moveaxis(moved, list(range(k)), axes)
    return state


def _depolarised(state: State, gate: Gate, noise: Noise) -> State:
    """Replace the gate's qubits by the mixed state with the probability of its rate."""
    k = len(gate.wires)
    if k > PAIR and (noise.one_qubit or noise.two_qubit):
        raise PlanError(
            f"a noise model has no rate of `{gate.name}` on {k} wires",
            hint="write it as one- and two-qubit gates",
        )
    rate = noise.of(k)
    if not rate:
        return state
    half = state.ndim // 2
    rest = state
    for wire in sorted(gate.wires, reverse=True):  # the columns are those that are still there
        rest = np.trace(rest, axis1=wire, axis2=wire + rest.ndim // 2)
    mixed = np.eye(2**k).reshape((2,) * (2 * k)) / 2**k
    whole = np.multiply.outer(mixed, rest)
    axes = [*gate.wires, *(half + w for w in gate.wires)]
    mixed_in = np.moveaxis(whole, list(range(2 * k)), axes)
    return np.asarray((1 - rate) * state + rate * mixed_in)


def _strings(wires: int) -> NDArray[np.int8]:
    """Return all bit strings in order of their index, shape (2**wires, wires)."""
    numbers = np.arange(2**wires)[:, None] >> np.arange(wires)[::-1]
    return (numbers & 1).astype(np.int8)
