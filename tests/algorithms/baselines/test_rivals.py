"""What every baseline owes, whichever it is."""

import warnings
from dataclasses import replace

import numpy as np
import pytest

from qml import plugins
from qml.algorithms.baselines.base import Fitted
from qml.seeds import Seeds

NAMES = ["logistic_regression", "mlp", "rbf_svc"]


@pytest.fixture(params=NAMES)
def train(request):
    return plugins.load("baselines", request.param)


def test_all_are_registered():
    assert plugins.names("baselines") == [*NAMES, "svc"]


@pytest.mark.parametrize("classes", [2, 3])
def test_learns(train, make_problem, classes):
    problem = make_problem(classes=classes)
    fitted = train(problem)
    assert isinstance(fitted, Fitted)
    assert fitted.train_predictions.shape == problem.train_labels.shape
    assert (fitted.train_predictions == problem.train_labels).mean() > 0.85
    assert (fitted.test_predictions == problem.test_labels).mean() > 0.75
    assert fitted.parameters > 0
    assert 0 < fitted.seconds < 30


def test_same_seed_same_answers(train, make_problem):
    problem = make_problem(rows=90)
    one, other = train(problem), train(replace(problem, seeds=Seeds(7)))
    assert (one.test_predictions == other.test_predictions).all()
    assert (one.train_predictions == other.train_predictions).all()
    assert one.settings == other.settings


def test_test_rows_choose_nothing(train, make_problem):
    problem = make_problem(rows=90)
    lies = replace(problem, test_labels=(problem.test_labels + 1) % 3)
    elsewhere = replace(problem, test_features=problem.test_features + 100)
    honest = train(problem)
    assert (train(lies).test_predictions == honest.test_predictions).all()
    moved = train(elsewhere)
    assert moved.settings == honest.settings
    assert (moved.train_predictions == honest.train_predictions).all()


def test_units_of_the_features_do_not_matter(train, make_problem):
    problem = make_problem(rows=90)
    scale = 2.0 ** np.array([-10, 0, 5, 10])
    scaled = replace(
        problem,
        train_features=problem.train_features * scale,
        test_features=problem.test_features * scale,
    )
    agree = train(problem).test_predictions == train(scaled).test_predictions
    assert agree.mean() > 0.95


def test_a_class_with_one_row_is_no_obstacle(train, make_problem):
    problem = make_problem(rows=60, classes=2)
    labels = problem.train_labels.copy()
    labels[0] = 2
    fitted = train(replace(problem, train_labels=labels, classes=3))
    assert (fitted.test_predictions == problem.test_labels).mean() > 0.75


def test_very_few_rows(train, make_problem):
    fitted = train(make_problem(rows=4, classes=2, features=6))
    assert fitted.test_predictions.shape == (60,)


def test_constant_features_and_single_precision(train, make_problem):
    problem = make_problem(rows=60)
    features = problem.train_features.astype(np.float32)
    features[:, 0] = 3.0
    fitted = train(
        replace(
            problem,
            train_features=features,
            test_features=problem.test_features.astype(np.float32),
        )
    )
    assert np.isin(fitted.test_predictions, [0, 1, 2]).all()


def test_no_warning_leaks(train, make_problem):
    random = np.random.default_rng(0)
    problem = make_problem(rows=60, max_rows=50 if train.__module__.endswith("mlp") else 5_000)
    noise = replace(problem, train_labels=random.integers(0, 3, 60))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        train(noise)
    assert caught == []
