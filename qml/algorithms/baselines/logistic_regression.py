"""Logistic regression on standardised features: the strongest linear rival."""

from time import perf_counter
from typing import Any

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from qml.algorithms.baselines.base import Fitted, Problem
from qml.algorithms.baselines.quiet import convergence
from qml.algorithms.baselines.settings import given
from qml.algorithms.baselines.tuning import can_search, fit_with, search

STRENGTHS = (0.01, 0.1, 1.0, 10.0, 100.0)
KNOWN = {"C": "logisticregression__C"}
MOST_STEPS = 200
WORK = 2e9
"""Numbers that L-BFGS may read in all: on many rows of many features it stops early, after seconds
instead of half a minute, which costs no test accuracy worth the wait."""


def train(problem: Problem) -> Fitted:
    """Fit a softmax regression with an L2 penalty.

    The inverse strength C of the penalty is chosen by five-fold cross-validation where there are
    few enough rows; many rows need no penalty to speak of, and C = 1 is taken.

    Args:
        problem: Rows and budget.

    Returns:
        Its answers.

    Raises:
        ConfigError: A given setting (`C`) is unknown, or no positive number.
    """
    chosen: dict[str, Any] = dict(given(problem.settings, KNOWN, "logistic_regression"))
    started = perf_counter()
    # on 60,000 x 32 rows 3e-4 saves a third of the default tolerance's steps for 0.001 of accuracy
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=_steps(problem), tol=3e-4))
    with convergence():
        tuned = not chosen and can_search(problem)
        settings = _tuned(model, problem) if tuned else chosen
    with convergence() as converged:
        model = fit_with(model, settings, problem.features, problem.labels)
    seconds = perf_counter() - started
    linear = model[-1]
    return Fitted(
        train_predictions=model.predict(problem.train_features),
        test_predictions=model.predict(problem.test_features),
        parameters=linear.coef_.size + linear.intercept_.size,
        seconds=seconds,
        settings={"C": linear.C, "tuned": tuned, "converged": converged()},
    )


def _steps(problem: Problem) -> int:
    return int(min(MOST_STEPS, max(30, WORK / problem.features.size)))


def _tuned(model: Any, problem: Problem) -> dict[str, Any]:
    grid = {"logisticregression__C": STRENGTHS}
    seed = problem.seeds["baselines/logistic_regression"]
    return dict(search(model, grid, problem.features, problem.labels, seed=seed).best_params_)
