"""Support vector machine with a Gaussian kernel: the rival of every quantum kernel."""

from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from qml.algorithms.baselines.base import Fitted, Problem, Skipped
from qml.algorithms.baselines.settings import given
from qml.algorithms.baselines.tuning import can_search, fit_with, search

STRENGTHS = (0.1, 1.0, 10.0, 100.0)
WIDTHS = (0.1, 0.3, 1.0, 3.0, 10.0)
"""Values of gamma times the number of features; 1 is the rule of thumb."""

KNOWN = {"C": "svc__C", "gamma": "svc__gamma"}

FIRST_ROUND_ROWS = 600
FINALISTS = 4


def train(problem: Problem) -> Fitted | Skipped:
    """Fit exp(-gamma |x - x'|^2) on standardised features, C and gamma by cross-validation.

    The grid is searched on at most 600 rows, then its four best points on all of them, so that the
    search costs seconds rather than minutes.

    Args:
        problem: Rows and budget.

    Returns:
        Its answers, or why it was not trained: its cost grows with the square of the rows.

    Raises:
        ConfigError: A given setting (`C`, `gamma`) is unknown, or no positive number.
    """
    settings: dict[str, Any] = dict(given(problem.settings, KNOWN, "rbf_svc"))
    if len(problem.labels) > problem.max_rows:
        return Skipped(
            f"{len(problem.labels):,} training rows; it is tuned up to {problem.max_rows:,} rows"
        )
    started = perf_counter()
    model = make_pipeline(StandardScaler(), SVC())
    tuned = not settings and can_search(problem)
    settings = _tune(model, problem) if tuned else settings
    model = fit_with(model, settings, problem.features, problem.labels)
    seconds = perf_counter() - started
    machine = model[-1]
    return Fitted(
        train_predictions=model.predict(problem.train_features),
        test_predictions=model.predict(problem.test_features),
        parameters=machine.dual_coef_.size + machine.intercept_.size,
        seconds=seconds,
        settings={
            "C": machine.C,
            "gamma": machine.gamma,
            "tuned": tuned,
            "support_vectors": int(machine.n_support_.sum()),
        },
    )


def _tune(model: Any, problem: Problem) -> dict[str, Any]:
    features, labels = problem.features, problem.labels
    seed = problem.seeds["baselines/rbf_svc"]
    gammas = [width / features.shape[1] for width in WIDTHS]
    grid = {"svc__C": STRENGTHS, "svc__gamma": gammas}
    if len(labels) <= FIRST_ROUND_ROWS:
        return dict(search(model, grid, features, labels, seed=seed).best_params_)
    sample = _sample(labels, seed)
    first = search(model, grid, features[sample], labels[sample], seed=seed, folds=3).cv_results_
    best = np.argsort(first["rank_test_score"], kind="stable")[:FINALISTS]
    finalists = [{key: [value] for key, value in first["params"][i].items()} for i in sorted(best)]
    return dict(search(model, finalists, features, labels, seed=seed, folds=3).best_params_)


def _sample(labels: NDArray[np.integer], seed: int) -> NDArray[np.integer]:
    """Return indices of a stratified sample with at least two rows of each class."""
    rows = np.arange(len(labels))
    drawn, _ = train_test_split(
        rows, train_size=FIRST_ROUND_ROWS, stratify=labels, random_state=seed
    )
    pairs = [rows[labels == label][:2] for label in np.unique(labels)]
    return np.unique(np.concatenate([drawn, *pairs]))
