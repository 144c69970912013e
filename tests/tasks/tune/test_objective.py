"""What trials are judged by."""

import pytest

from qml.config import validate
from qml.errors import ConfigError, UsageError
from qml.tasks.tune.objective import Objective, objective_of


def objective(**tune):
    return objective_of(validate({"tune": tune}))


def test_a_training_is_judged_on_its_validation_rows_and_never_on_the_test():
    assert objective() == Objective(metric="validation_accuracy", direction="max")


@pytest.mark.parametrize(
    ("metric", "direction"),
    [("validation_loss", "min"), ("train_seconds", "min"), ("circuits_per_second", "max")],
)
def test_names_tell_the_direction(metric, direction):
    found = objective(metric=metric)
    assert found.direction == ("max" if metric == "circuits_per_second" else direction)


def test_the_direction_can_be_said():
    assert objective(metric="validation_loss", direction="max").direction == "max"


def test_an_unknown_metric_of_a_training_is_refused():
    with pytest.raises(ConfigError, match="no metric `accuracy`") as found:
        objective(metric="accuracy")
    assert "validation_accuracy" in found.value.hint


def test_a_sampling_needs_a_metric():
    with pytest.raises(ConfigError, match="no metric is named"):
        objective(task="sample")
    assert objective(task="sample", metric="vendi").metric == "vendi"


@pytest.mark.parametrize(
    ("metric", "value"),
    [("loss", 0.5), ("metrics.loss", 0.5), ("solvers.1.best", -3.0), ("cost", None)],
)
def test_numbers_are_found_within_a_document(metric, value):
    document = {
        "metrics": {"loss": 0.5},
        "solvers": [{"best": 0}, {"best": -3}],
        "cost": {"billed": "0.00"},
    }
    found = Objective(metric=metric, direction="max")
    if value is None:
        with pytest.raises(UsageError, match="no number `cost`") as error:
            found.value_in(document)
        assert "loss" in error.value.hint
    else:
        assert found.value_in(document) == value


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), True, "0.5", None])
def test_what_is_no_finite_number_is_refused(bad):
    with pytest.raises(UsageError):
        Objective(metric="x", direction="max").value_in({"metrics": {"x": bad}})
