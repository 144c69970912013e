import pytest

from qml.algorithms.baselines.mlp import train


@pytest.mark.parametrize("max_rows", [5_000, 50])
@pytest.mark.parametrize("budget", [40, 96, 400])
def test_has_the_quantum_models_size(make_problem, budget, max_rows):
    fitted = train(make_problem(parameters=budget, max_rows=max_rows))
    assert abs(fitted.parameters - budget) <= 0.1 * budget
    assert "note" not in fitted.settings
    assert fitted.settings["solver"] == ("lbfgs" if max_rows == 5_000 else "adam")


def test_says_what_count_it_reached(make_problem):
    fitted = train(make_problem(parameters=4))
    assert fitted.parameters == 8
    assert fitted.settings["note"] == ("no network has 4 parameters within 10 %; the nearest has 8")


def test_a_kernel_without_parameters_is_matched_by_one_a_row(make_problem):
    fitted = train(make_problem(rows=120, parameters=0))
    assert 108 <= fitted.parameters <= 132
    assert fitted.settings["budget"] == 120


def test_says_that_it_sees_components(make_problem):
    fitted = train(make_problem(features=40, parameters=60))
    assert fitted.settings["inputs"].endswith("principal components of the training rows")
    assert abs(fitted.parameters - 60) <= 6


def test_early_stopping_repeats_by_seed(make_problem):
    problem = make_problem(max_rows=50)
    one, other = train(problem), train(problem)
    assert (one.train_predictions == other.train_predictions).all()
    assert one.settings == other.settings
