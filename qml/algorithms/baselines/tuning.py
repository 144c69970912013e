"""Choices by cross-validation on training rows."""

from collections.abc import Mapping, Sequence
from typing import Any

import joblib  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, StratifiedKFold

from qml.algorithms.baselines.base import Problem

Grid = Mapping[str, Sequence[Any]] | Sequence[Mapping[str, Sequence[Any]]]


def rarest(labels: NDArray[np.integer]) -> int:
    """Return the number of rows of the rarest class that occurs."""
    return int(np.unique(labels, return_counts=True)[1].min())


def can_search(problem: Problem) -> bool:
    """Tell whether the rows are few enough to search, and enough for two stratified folds."""
    return len(problem.labels) <= problem.max_rows and rarest(problem.labels) > 1


def search(
    model: Any,
    grid: Grid,
    features: NDArray[np.floating],
    labels: NDArray[np.integer],
    *,
    seed: int,
    folds: int = 5,
) -> GridSearchCV:
    """Score every setting of a grid by stratified cross-validation, without a final fit.

    Of equally good settings the first wins, so grids go from the smoothest model to the wildest.

    Args:
        model: Classifier or pipeline.
        grid: Values by parameter name, or several such grids.
        features: Shape (rows, features).
        labels: Shape (rows,), at least two rows of each class.
        seed: Seed of the folds.
        folds: Number of folds; fewer where the rarest class has fewer rows.

    Returns:
        The search; `best_params_` and `cv_results_` hold what it found.
    """
    parts = StratifiedKFold(min(folds, rarest(labels)), shuffle=True, random_state=seed)
    found = GridSearchCV(
        model, grid, scoring="accuracy", cv=parts, refit=False, error_score="raise"
    )
    # threads, since the fits release the interpreter's lock and processes cost seconds to start
    with joblib.parallel_config("threading", n_jobs=2):
        return found.fit(features, labels)


def fit_with(
    model: Any, settings: Mapping[str, Any], features: NDArray[Any], labels: NDArray[Any]
) -> Any:
    """Fit a fresh copy of the model with these settings."""
    return clone(model).set_params(**settings).fit(features, labels)
