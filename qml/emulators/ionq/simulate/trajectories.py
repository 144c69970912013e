"""Sampling under depolarising noise, shot by shot, for more qubits.

With probability r a uniformly random Pauli (the identity among them) follows a gate. Shots without
an error share the ideal distribution, and shots with the same errors share one state.
"""

import numpy as np
from numpy.typing import NDArray

from qml.backends.noise import Rates
from qml.emulators.ionq.programs import Place, Program
from qml.emulators.ionq.simulate.dense import States, apply, ground, probabilities

_AMPLITUDES = 1 << 20
"""States of one batch together hold at most so many."""

_DRAWS = 1 << 24
"""Random numbers drawn at once."""

Errors = NDArray[np.int8]
"""Pauli after each place, shape (shots, places): 0 none, else letters I X Y Z in base 4."""


def error_probability(places: list[Place], rates: Rates) -> float:
    """Return the probability that a shot has any error."""
    clean = 1.0
    for place in places:
        rate = rates.one_qubit if len(place) == 1 else rates.two_qubit
        clean *= 1 - rate * (1 - 4.0 ** -len(place))
    return 1 - clean


def draw_errors(
    places: list[Place], rates: Rates, shots: int, random: np.random.Generator
) -> tuple[Errors, NDArray[np.int64]]:
    """Draw the errors of all shots.

    Returns:
        Distinct rows of errors, the row without any first, and how many shots have each.
    """
    kinds = np.array([4 ** len(place) for place in places], dtype=np.int64)
    chance = np.array([rates.one_qubit if len(p) == 1 else rates.two_qubit for p in places])
    rows: list[Errors] = [np.zeros((0, len(places)), dtype=np.int8)]
    chunk = max(1, _DRAWS // max(1, len(places)))
    for start in range(0, shots, chunk):
        hit = random.random((min(chunk, shots - start), len(places))) < chance
        drawn = np.zeros(hit.shape, dtype=np.int8)
        drawn[hit] = random.integers(0, np.broadcast_to(kinds, hit.shape)[hit])
        rows.append(drawn[drawn.any(axis=1)])
    patterns, counts = np.unique(np.concatenate(rows), axis=0, return_counts=True)
    clean = np.zeros((1, len(places)), dtype=np.int8)
    return np.concatenate([clean, patterns]), np.array([shots - counts.sum(), *counts])


def sample_patterns(
    program: Program,
    patterns: Errors,
    counts: NDArray[np.int64],
    random: np.random.Generator,
) -> NDArray[np.int64]:
    """Sample all qubits at the end; how often each index was seen, shape (2**qubits,)."""
    seen = np.zeros(1 << program.qubits, dtype=np.int64)
    chunk = max(1, _AMPLITUDES >> program.qubits)
    for start in range(0, len(patterns), chunk):
        states = evolve(program, patterns[start : start + chunk])
        for weights, shots in zip(
            probabilities(states), counts[start : start + chunk], strict=True
        ):
            seen += random.multinomial(shots, weights / weights.sum())
    return seen


def evolve(program: Program, patterns: Errors) -> States:
    """Return the final state of every row of errors."""
    states, place = ground(len(patterns), program.qubits), 0
    for step in program.unitaries:
        states = apply(states, step.matrix, step.wires, program.qubits)
        for wires in step.places:
            states = disturb(states, patterns[:, place], wires, program.qubits)
            place += 1
    return states


def disturb(states: States, errors: NDArray[np.int8], wires: Place, qubits: int) -> States:
    """Apply to every row its Pauli, up to a phase of the row.

    X on a qubit flips a bit of the index, Z is a sign where that bit is 1, and Y is both.
    """
    rows = np.flatnonzero(errors)
    if not len(rows):
        return states
    index = np.arange(1 << qubits)
    flips = np.zeros((len(rows), 1), dtype=np.int64)
    odd = np.zeros((len(rows), len(index)), dtype=np.bool_)
    for place, wire in enumerate(reversed(wires)):
        letter, shift = errors[rows].astype(np.int64) >> 2 * place & 3, qubits - 1 - wire
        flips[:, 0] |= np.isin(letter, (1, 2)).astype(np.int64) << shift
        odd ^= np.isin(letter, (2, 3))[:, None] & (index >> shift & 1).astype(np.bool_)
    moved = np.take_along_axis(states[rows], index ^ flips, axis=1)
    states[rows] = np.where(odd, -moved, moved)
    return states
