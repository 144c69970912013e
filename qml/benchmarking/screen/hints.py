"""Hints that a classical machine replaces the quantum one, and what sampling it would take."""

from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.screen import magic
from qml.benchmarking.screen.concentration import bits_per_qubit, spread
from qml.benchmarking.screen.contest import Answered
from qml.benchmarking.screen.embedding import Embedding, fidelities
from qml.benchmarking.screen.entanglement import entangled
from qml.benchmarking.screen.surrogate import answers, imitate, told
from qml.benchmarking.screen.values import Field

Matrix = NDArray[np.float64]
States = NDArray[np.complex128]

SEEN = 64
"""Rows whose states are looked at."""
CROWD = 100
"""Rows whose entries are looked at with fewer qubits."""


def sizes(qubits: int) -> list[int]:
    """Return the numbers of qubits at which concentration is looked at, besides all of them."""
    return sorted({max(2, qubits // 4), max(2, qubits // 2), max(2, 3 * qubits // 4)} - {qubits})


def concentration_of(embedding: Embedding, states: States, field: Field) -> dict[str, Any]:
    """Return the spread of entries by qubits: the first features of the same rows."""
    rows, qubits = field.features[:CROWD], field.features.shape[1]
    smaller = [
        spread(fidelities(embedding.states(rows[:, :n])), n) for n in sizes(qubits) if n < qubits
    ]
    spreads = [*smaller, spread(fidelities(states[:CROWD]), qubits)]
    return {
        "by_qubits": [asdict(s) for s in spreads],
        "bits_per_qubit": bits_per_qubit(spreads),
        "mean": spreads[-1].mean,
        "variance": spreads[-1].variance,
        "shots": spreads[-1].shots,
    }


def surrogate_of(kernel: Matrix, machine: Answered, field: Field) -> dict[str, Any]:
    """Return how well low frequencies, and classical kernels, imitate the quantum machine."""
    outputs = answers(kernel, np.eye(field.classes)[field.labels], machine.ridge)
    found = imitate(field.features, outputs)
    rivals = [told(k.matrix, outputs) for k in field.grid]
    best = int(np.argmax(rivals))
    return {
        "degrees": [i._asdict() for i in found],
        "share": max(i.share for i in found),
        "classical": rivals[best],
        "kernel": field.grid[best].name,
    }


def entanglement_of(states: States) -> dict[str, Any]:
    """Return entropy and bond dimension of the first rows' states."""
    return entangled(states[:SEEN])._asdict()


def magic_of(embedding: Embedding, states: States, features: Matrix) -> dict[str, Any]:
    """Return rotations that are no Clifford gates, and the stabilizer entropy."""
    counted = [magic.rotations(embedding.circuit(row)) for row in features[:SEEN]]
    return {
        "rotations": counted[0][0],
        "away": float(np.mean([away for _, away in counted])),
        "entropy": magic.stabilizer_entropy(states[:SEEN]),
        "most": magic.largest(features.shape[1]),
    }
