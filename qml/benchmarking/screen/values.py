"""What a screen starts with, and what it finds out about a feature map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.screen.classical import ClassicalKernel
from qml.benchmarking.screen.contest import Answered, contest
from qml.benchmarking.screen.verdict import Verdict

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """The data and the classical side, which all feature maps share.

    Attributes:
        features: Angles in radians, shape (N, d).
        labels: Shape (N,).
        classes: Number of classes.
        grid: Classical kernels.
        rival: How the tuned classical machine answers the rows.
        ridge: lambda of g and s.
        folds: Folds of the cross-validation.
        halves: How often half of the rows is drawn.
        seed: Feeds all draws.
    """

    features: Matrix
    labels: Labels
    classes: int
    grid: Sequence[ClassicalKernel]
    rival: Answered
    ridge: float
    folds: int
    halves: int
    seed: int

    def machines(self, **kernels: Matrix) -> Mapping[str, Answered]:
        """Let kernels answer the rows, in the folds of the rival."""
        contenders = {name: [kernel] for name, kernel in kernels.items()}
        return contest(contenders, self.labels, self.classes, count=self.folds, seed=self.seed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """What is known of a feature map on some data; all values are those of `qml.screen/1`.

    Attributes:
        feature_map: Registered name.
        repeats: Repetitions.
        qubits: Number of qubits.
        geometry: g over all rows with the nearest classical kernel, and over halves of them.
        complexity: s_K of the quantum kernel and the least of the classical ones, with lambda.
        alignment: Centred kernel-target alignment of both, and of the twin.
        accuracy: On rows left out: of the machine, the tuned rival and the twin, with tests.
        concentration: Mean and variance of the entries by qubits, and shots.
        surrogate: R^2 of low frequencies, and of the classical kernels.
        entanglement: Entropy and bond dimension; None where no gate entangles.
        magic: Rotations that are no Clifford gates, and the stabilizer entropy.
        verdict: Code and words.
    """

    feature_map: str
    repeats: int
    qubits: int
    geometry: dict[str, Any]
    complexity: dict[str, Any]
    alignment: dict[str, Any]
    accuracy: dict[str, Any]
    concentration: dict[str, Any]
    surrogate: dict[str, Any]
    entanglement: dict[str, Any]
    magic: dict[str, Any]
    verdict: Verdict
