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


def test_a_model_without_parameters_has_a_rival_too(make_problem):
    assert train(make_problem(parameters=0)).parameters == 8


def test_says_that_it_sees_components(make_problem):
    fitted = train(make_problem(features=40, parameters=60))
    assert fitted.settings["inputs"].endswith("principal components of the training rows")
    assert abs(fitted.parameters - 60) <= 6
