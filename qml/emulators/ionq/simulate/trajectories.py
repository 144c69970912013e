"""Sampling under depolarising noise, shot by shot, for more qubits.

With probability r a uniformly random Pauli (the identity among them) follows a gate. Shots without
an error share the ideal distribution, and shots with the same errors share one state.
"""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from qml.backends.noise import Rates
from qml.circuits.gates import matrix
from qml.emulators.ionq.programs import Place, Program
from qml.emulators.ionq.simulate.dense import States, apply, ground, probabilities

_AMPLITUDES = 1 << 20
"""States of one batch together hold at most so many."""

Errors = NDArray[np.int8]
"""Pauli after each place, shape (shots, places): 0 none, else letters I X Y Z in base 4."""


def draw_errors(
    places: list[Place], rates: Rates, shots: int, random: np.random.Generator
) -> tuple[Errors, NDArray[np.int64]]:
    """Draw the errors of all shots.

    Returns:
        Distinct rows of errors, and how many shots have each.
    """
    kinds = np.array([4 ** len(place) for place in places], dtype=np.int64)
    chance = np.array([rates.one_qubit if len(p) == 1 else rates.two_qubit for p in places])
    rows: list[Errors] = []
    chunk = max(1, (1 << 24) // max(1, len(places)))
    for start in range(0, shots, chunk):
        size = (min(chunk, shots - start), len(places))
        hit = random.random(size) < chance
        pauli = random.integers(0, kinds, size=size)
        rows.append(np.where(hit, pauli, 0).astype(np.int8))
    patterns, counts = np.unique(np.concatenate(rows), axis=0, return_counts=True)
    return patterns, counts.astype(np.int64)


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
    """Apply to every row its Pauli."""
    for kind in np.unique(errors[errors != 0]).tolist():
        rows = np.flatnonzero(errors == kind)
        states[rows] = apply(states[rows], _pauli(kind, len(wires)), wires, qubits)
    return states


def _pauli(kind: int, wires: int) -> NDArray[np.complex128]:
    word = list(product("IXYZ", repeat=wires))[kind]
    letters = [np.asarray(matrix("id" if p == "I" else p.lower())) for p in word]
    return letters[0] if wires == 1 else np.kron(letters[0], letters[1])
