"""Multilayer perceptron with as many trainable parameters as the quantum model."""

from math import ceil
from time import perf_counter
from typing import Any

import numpy as np
from sklearn.decomposition import PCA
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from qml.algorithms.baselines.base import Fitted, Problem
from qml.algorithms.baselines.network import TOLERANCE, Network, match
from qml.algorithms.baselines.quiet import convergence
from qml.algorithms.baselines.settings import given
from qml.algorithms.baselines.tuning import can_search, fit_with, rarest, search

KNOWN = {"alpha": "mlpclassifier__alpha"}
PENALTIES = (10.0, 1.0, 0.1)
RESTARTS = 2
STEPS = 4_000
"""Gradient steps that many rows get at most; early stopping mostly ends before."""


def train(problem: Problem) -> Fitted:
    """Fit one hidden layer of rectified linear units, of the quantum model's size.

    Few rows: L-BFGS, the L2 penalty by three-fold cross-validation, the best training loss of two
    starts. Many rows: Adam, stopped early on a tenth of the training rows.

    Args:
        problem: Rows and budget.

    Returns:
        Its answers; `settings` say what count was reached where no network comes within 10 %.

    Raises:
        ConfigError: A given setting (`alpha`) is unknown, or no positive number.
    """
    chosen: dict[str, Any] = dict(given(problem.settings, KNOWN, "mlp"))
    started = perf_counter()
    network = _network(problem)
    if can_search(problem):
        model, converged = _searched(network, problem, chosen)
    else:
        model, converged = _stopped(network, problem, chosen)
    seconds = perf_counter() - started
    layers = model[-1]
    return Fitted(
        train_predictions=model.predict(problem.train_features),
        test_predictions=model.predict(problem.test_features),
        parameters=sum(part.size for part in (*layers.coefs_, *layers.intercepts_)),
        seconds=seconds,
        settings={**_describe(network, problem, layers), "converged": converged},
    )


def _network(problem: Problem) -> Network:
    rows, features = problem.features.shape
    classes = len(np.unique(problem.labels))
    # half of the rows is the least that a fold trains on, and the most components it can have
    return match(features, classes, _budget(problem), max(1, rows // 2))


def _budget(problem: Problem) -> int:
    """A kernel model has no weights, but a coefficient for each training row it may keep."""
    return problem.parameters or len(problem.labels)


def _searched(network: Network, problem: Problem, chosen: dict[str, Any]) -> tuple[Any, bool]:
    features, labels = problem.features, problem.labels
    seed = problem.seeds["baselines/mlp"]
    quick = _pipeline(network, problem, solver="lbfgs", max_iter=100, random_state=seed)
    grid = {"mlpclassifier__alpha": PENALTIES}
    found = chosen
    if not chosen:
        with convergence():
            found = search(quick, grid, features, labels, seed=seed, folds=3).best_params_
    starts = []
    for start in range(RESTARTS):
        seed = problem.seeds[f"baselines/mlp/{start}"]
        settings = {"mlpclassifier__max_iter": 400, "mlpclassifier__random_state": seed, **found}
        with convergence() as converged:
            model = fit_with(quick, settings, features, labels)
        starts.append((model, converged()))
    return min(starts, key=lambda start: start[0][-1].loss_)


def _stopped(network: Network, problem: Problem, chosen: dict[str, Any]) -> tuple[Any, bool]:
    labels = problem.labels
    batch = min(len(labels), 512, max(32, len(labels) // 100))
    model = _pipeline(
        network,
        problem,
        batch_size=batch,
        # a stratified tenth needs two rows of each class, and room for all classes
        early_stopping=rarest(labels) > 1 and len(labels) >= 10 * problem.classes,
        learning_rate_init=0.01,
        max_iter=ceil(STEPS * batch / len(labels)),
        n_iter_no_change=8,
        random_state=problem.seeds["baselines/mlp"],
    )
    with convergence() as converged:
        model = fit_with(model, chosen, problem.features, labels)
    return model, converged()


def _pipeline(network: Network, problem: Problem, **settings: Any) -> Any:
    layers = MLPClassifier((network.hidden,), **settings)
    if network.inputs == problem.train_features.shape[1]:
        return make_pipeline(StandardScaler(), layers)
    seed = problem.seeds["baselines/mlp/pca"]
    components = PCA(network.inputs, whiten=True, random_state=seed)
    return make_pipeline(StandardScaler(), components, layers)


def _describe(network: Network, problem: Problem, layers: Any) -> dict[str, Any]:
    settings = {
        "hidden": network.hidden,
        "solver": layers.solver,
        "alpha": layers.alpha,
        "iterations": layers.n_iter_,
        "budget": _budget(problem),
    }
    if network.inputs < problem.train_features.shape[1]:
        settings["inputs"] = f"{network.inputs} principal components of the training rows"
    if network.deviation(_budget(problem)) > TOLERANCE:
        settings["note"] = (
            f"no network has {_budget(problem)} parameters within 10 %; "
            f"the nearest has {network.parameters}"
        )
    return settings
