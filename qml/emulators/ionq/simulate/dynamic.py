"""Programs with measurements in the middle, and resets."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from qml.backends.noise import Rates
from qml.circuits.gates import matrix
from qml.emulators.ionq.programs import Measure, Program, Unitary
from qml.emulators.ionq.simulate.dense import States, apply, ground, probabilities
from qml.emulators.ionq.simulate.outcomes import ZERO, Outcomes, reversed_bits
from qml.emulators.ionq.simulate.trajectories import disturb

_AMPLITUDES = 1 << 20
MOST_BRANCHINGS = 12
"""An exact distribution follows two branches at every measurement and reset."""


def sample_dynamic(
    program: Program, rates: Rates, shots: int, random: np.random.Generator
) -> Outcomes:
    """Run every shot by itself, in batches."""
    seen: Counter[tuple[int, int]] = Counter()
    chunk = max(1, _AMPLITUDES >> program.qubits)
    for start in range(0, shots, chunk):
        seen.update(_batch(program, rates, min(chunk, shots - start), random))
    return Outcomes(weights=dict(sorted(seen.items())), shots=shots)


def _batch(
    program: Program, rates: Rates, rows: int, random: np.random.Generator
) -> list[tuple[int, int]]:
    states, bits = ground(rows, program.qubits), np.zeros(rows, dtype=object)
    for step in program.steps:
        if isinstance(step, Unitary):
            states = _noisy(states, step, rates, program.qubits, random)
            continue
        states, ones = _collapse(states, step.wire, program.qubits, random)
        if isinstance(step, Measure):
            bits = bits & ~(1 << step.bit) | ones.astype(object) << step.bit
        else:
            states[ones == 1] = _flipped(states[ones == 1], step.wire, program.qubits)
    weights = probabilities(states).cumsum(axis=1)
    draws = random.random((rows, 1)) * weights[:, -1:]
    final = reversed_bits((weights < draws).sum(axis=1), program.qubits)
    return list(zip(final.tolist(), bits.tolist(), strict=True))


def _noisy(
    states: States, step: Unitary, rates: Rates, qubits: int, random: np.random.Generator
) -> States:
    states = apply(states, step.matrix, step.wires, qubits)
    for place in step.places:
        rate = rates.one_qubit if len(place) == 1 else rates.two_qubit
        hit = random.random(len(states)) < rate
        pauli = random.integers(0, 4 ** len(place), size=len(states))
        states = disturb(states, np.where(hit, pauli, 0).astype(np.int8), place, qubits)
    return states


def _collapse(
    states: States, wire: int, qubits: int, random: np.random.Generator
) -> tuple[States, NDArray[np.int64]]:
    halves = states.reshape(len(states), 1 << wire, 2, -1).copy()
    one = (np.abs(halves[:, :, 1]) ** 2).sum(axis=(1, 2))
    ones = (random.random(len(states)) < one).astype(np.int64)
    halves[np.arange(len(states)), :, 1 - ones] = 0
    kept = halves.reshape(len(states), 1 << qubits)
    return kept / np.linalg.norm(kept, axis=1, keepdims=True), ones


def _flipped(states: States, wire: int, qubits: int) -> States:
    return apply(states, np.asarray(matrix("x")), (wire,), qubits) if len(states) else states


def exact_dynamic(program: Program) -> Outcomes:
    """Follow every branch of every measurement; there are at most 2**MOST_BRANCHINGS."""
    branches: list[tuple[States, int]] = [(ground(1, program.qubits), 0)]
    for step in program.steps:
        if isinstance(step, Unitary):
            branches = [
                (apply(s, step.matrix, step.wires, program.qubits), bits) for s, bits in branches
            ]
            continue
        branches = [b for old in branches for b in _split(old, step.wire, program.qubits, step)]
    found: dict[tuple[int, int], float] = {}
    for state, bits in branches:
        weights = probabilities(state)[0]
        kept = np.flatnonzero(weights > ZERO)
        for value, index in zip(reversed_bits(kept, program.qubits).tolist(), kept, strict=True):
            found[value, bits] = found.get((value, bits), 0.0) + float(weights[index])
    return Outcomes(weights=dict(sorted(found.items())), shots=None)


def _split(
    branch: tuple[States, int], wire: int, qubits: int, step: object
) -> list[tuple[States, int]]:
    """Split an unnormalised branch by the value of a qubit."""
    state, bits = branch
    made: list[tuple[States, int]] = []
    for value in (0, 1):
        halves = state.reshape(1, 1 << wire, 2, -1).copy()
        halves[:, :, 1 - value] = 0
        part = halves.reshape(1, -1)
        if probabilities(part).sum() <= ZERO:
            continue
        if isinstance(step, Measure):
            made.append((part, bits & ~(1 << step.bit) | value << step.bit))
        else:
            made.append((_flipped(part, wire, qubits) if value else part, bits))
    return made
