"""Accuracies of tuned kernel machines by nested cross-validation, on the same folds.

Each contender brings kernels of its own. In every fold the kernel and lambda are chosen on the
training rows alone, by the rows left out, so that a long grid is not flattered by its length.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.screen.geometry import normalised
from qml.benchmarking.screen.ridge import RIDGES, Spectrum

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]


class Choice(NamedTuple):
    """What the rows left out speak for.

    Attributes:
        right: Share of the rows left out that are answered rightly.
        error: Minus their mean squared error.
        kernel: Number of the kernel.
        ridge: lambda.
    """

    right: float
    error: float
    kernel: int
    ridge: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answered:
    """How a contender answered all rows, each by a machine that never saw it.

    Attributes:
        labels: Its answers, shape (N,).
        correct: Whether they are right, shape (N,).
        chosen: The kernel chosen on all rows.
        ridge: lambda chosen on all rows.
    """

    labels: Labels
    correct: NDArray[np.bool_]
    chosen: int
    ridge: float


def folds(labels: Labels, count: int, seed: int) -> Labels:
    """Return the fold of each row, shape (N,): each class is dealt out evenly."""
    random = np.random.default_rng(seed)
    dealt = np.zeros(len(labels), dtype=np.int64)
    start = 0
    for label in np.unique(labels):
        rows = random.permutation(np.flatnonzero(labels == label))
        dealt[rows] = (start + np.arange(len(rows))) % count
        start += len(rows)
    return dealt


def answer(kernels: Sequence[Matrix], labels: Labels, classes: int, fold: Labels) -> Answered:
    """Answer every row by a machine that was chosen and fitted without its fold.

    Args:
        kernels: The contender's kernels, each of shape (N, N).
        labels: Shape (N,).
        classes: Number of classes.
        fold: Fold of each row, shape (N,).
    """
    scaled = [normalised(kernel) for kernel in kernels]
    targets = np.eye(classes)[labels]
    found = np.zeros(len(labels), dtype=np.int64)
    for number in np.unique(fold):
        train, test = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        best = choose([k[np.ix_(train, train)] for k in scaled], targets[train])
        kernel = scaled[best.kernel]
        mean = targets[train].mean(axis=0)
        spectrum = Spectrum.of(kernel[np.ix_(train, train)])
        weights = spectrum.coefficients(targets[train] - mean, best.ridge)
        found[test] = np.argmax(kernel[np.ix_(test, train)] @ weights + mean, axis=1)
    whole = choose(scaled, targets)
    return Answered(labels=found, correct=found == labels, chosen=whole.kernel, ridge=whole.ridge)


def choose(kernels: Sequence[Matrix], targets: Matrix) -> Choice:
    """Return the kernel and lambda that answer rows left out best.

    Args:
        kernels: Shape (N, N) each, of trace N or so.
        targets: One-hot, shape (N, classes).
    """
    truth = np.argmax(targets, axis=1)
    moved = targets - targets.mean(axis=0)
    best: Choice | None = None
    for number, kernel in enumerate(kernels):
        spectrum = Spectrum.of(kernel)
        for ridge in RIDGES:
            values = spectrum.left_out(moved, ridge).values
            right = float(np.mean(np.argmax(values + targets.mean(axis=0), axis=1) == truth))
            error = -float(np.mean(np.square(values - moved)))
            found = Choice(right, error, number, ridge)
            best = found if best is None or found[:2] > best[:2] else best
    assert best is not None
    return best


def contest(
    contenders: Mapping[str, Sequence[Matrix]],
    labels: Labels,
    classes: int,
    *,
    count: int,
    seed: int,
) -> dict[str, Answered]:
    """Let contenders answer the same rows in the same folds."""
    fold = folds(labels, count, seed)
    return {name: answer(kernels, labels, classes, fold) for name, kernels in contenders.items()}
