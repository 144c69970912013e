"""A quantum kernel against the classical ones: geometry, complexity, alignment, accuracy."""

from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.benchmarking.screen.alignment import alignment
from qml.benchmarking.screen.contest import Answered
from qml.benchmarking.screen.geometry import geometric_difference, model_complexity, signed
from qml.benchmarking.screen.ridge import RIDGES
from qml.benchmarking.screen.values import Field
from qml.results.tests import mcnemar_exact

Matrix = NDArray[np.float64]


def geometry_of(kernel: Matrix, field: Field) -> dict[str, Any]:
    """Return g over all rows with the nearest kernel, and the range of g over halves of the rows.

    Each half is tuned anew. g grows with the rows, so that halves lie below; how far they lie apart
    shows what the draw of the rows does.
    """
    values = [geometric_difference(k.matrix, kernel, field.ridge) for k in field.grid]
    nearest = int(np.argmin(values))
    family = [k.family for k in field.grid]
    halves = [_half(kernel, field, rows) for rows in _draws(field)]
    return {
        "g": values[nearest],
        "nearest": field.grid[nearest].name,
        "families": {
            f: min(v for v, g in zip(values, family, strict=True) if g == f) for f in family
        },
        "sqrt_rows": sqrt(len(kernel)),
        "halves": [min(halves), max(halves)] if halves else None,
        "half_rows": len(kernel) // 2,
    }


def complexity_of(kernel: Matrix, field: Field) -> dict[str, Any]:
    """Return s_K of the quantum kernel, and the least of the classical ones with its name.

    Both at the lambda of `RIDGES` that speaks most for the quantum kernel, for each end misleads:
    where lambda is small s counts what a kernel of low rank leaves over 1 / lambda times, and
    kernels near the identity, which only memorise, have s = N on any labels.
    """
    targets = signed(field.labels, field.classes)
    at = [_complexity_at(ridge, kernel, targets, field) for ridge in RIDGES]
    return min(at, key=lambda found: found["quantum"] / found["classical"])


def _complexity_at(ridge: float, kernel: Matrix, targets: Matrix, field: Field) -> dict[str, Any]:
    rivals = [model_complexity(k.matrix, targets, ridge) for k in field.grid]
    least = int(np.argmin(rivals))
    return {
        "quantum": model_complexity(kernel, targets, ridge),
        "classical": rivals[least],
        "kernel": field.grid[least].name,
        "ridge": ridge,
    }


def alignment_of(kernel: Matrix, twin: Matrix | None, field: Field) -> dict[str, Any]:
    """Return centred alignments with the labels, and the classical kernel that has the highest."""
    rivals = [alignment(k.matrix, field.labels, field.classes) for k in field.grid]
    best = int(np.argmax(rivals))
    return {
        "quantum": alignment(kernel, field.labels, field.classes),
        "classical": rivals[best],
        "kernel": field.grid[best].name,
        "twin": None if twin is None else alignment(twin, field.labels, field.classes),
    }


def accuracy_of(machine: Answered, twin: Answered | None, field: Field) -> dict[str, Any]:
    """Return accuracies on rows left out, and exact McNemar tests against rival and twin."""
    rival = field.rival
    return {
        "quantum": float(machine.correct.mean()),
        "classical": float(rival.correct.mean()),
        "kernel": field.grid[rival.chosen].name,
        "p_value": _p(machine, rival),
        "twin": None if twin is None else float(twin.correct.mean()),
        "twin_p_value": None if twin is None else _p(machine, twin),
    }


def _p(ours: Answered, theirs: Answered) -> float:
    a, b = ours.correct, theirs.correct
    return mcnemar_exact(int((a & ~b).sum()), int((b & ~a).sum()))


def _draws(field: Field) -> list[NDArray[np.int64]]:
    random, rows = np.random.default_rng(field.seed), len(field.labels)
    return [np.sort(random.permutation(rows)[: rows // 2]) for _ in range(field.halves)]


def _half(kernel: Matrix, field: Field, rows: NDArray[np.int64]) -> float:
    part = np.ix_(rows, rows)
    return min(geometric_difference(k.matrix[part], kernel[part], field.ridge) for k in field.grid)
