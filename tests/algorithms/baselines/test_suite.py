import json
import re
from dataclasses import asdict

import numpy as np
import pytest

from qml.algorithms.baselines.base import Fitted
from qml.algorithms.baselines.suite import run_baselines, stand_beside, train_baseline
from qml.errors import DataError, PluginError
from qml.ports import Silence
from qml.results.intervals import wilson
from qml.results.verdict import verdict


class Listener(Silence):
    def __init__(self):
        self.heard = []

    def say(self, message):
        self.heard.append(message)


def test_the_whole_table(make_problem):
    problem = make_problem(max_rows=100)
    rivals = run_baselines(["rbf_svc", "mlp", "logistic_regression"], problem, Silence())
    skipped, mlp, regression = rivals
    assert [r.outcome.name for r in rivals] == ["rbf_svc", "mlp", "logistic_regression"]
    assert skipped.correct is None
    assert skipped.outcome.metrics == {}
    assert skipped.outcome.skipped == "120 training rows; it is tuned up to 100 rows"
    for rival in (mlp, regression):
        metrics = rival.outcome.metrics
        assert rival.outcome.skipped is None
        assert set(metrics) == {
            "test_accuracy",
            "test_accuracy_ci",
            "train_accuracy",
            "train_seconds",
        }
        assert metrics["test_accuracy"] == rival.correct.mean()
        assert metrics["test_accuracy_ci"] == list(wilson(int(rival.correct.sum()), 60))
    assert abs(mlp.outcome.parameters - 40) <= 4


def test_stands_beside_the_quantum_model(make_problem):
    problem = make_problem(max_rows=100)
    rivals = run_baselines(["logistic_regression", "rbf_svc"], problem, Silence())
    hopeless = np.zeros(60, dtype=bool)
    regression, skipped = stand_beside(hopeless, rivals)
    assert regression.comparison.difference == -regression.metrics["test_accuracy"]
    assert regression.comparison.p_adjusted < 0.001
    assert skipped.comparison is None
    assert re.match(
        r"Worse than logistic_regression: 0\.000 against 0\.\d{3} \(60 test rows, exact McNemar "
        r"p < 0\.001 after Holm\)\.",
        verdict(0.0, 60, [regression, skipped]),
    )


def test_documents_are_plain_json(make_problem):
    rivals = run_baselines(["logistic_regression", "mlp", "rbf_svc"], make_problem(), Silence())
    for outcome in stand_beside(np.ones(60, dtype=bool), rivals):
        assert json.loads(json.dumps(asdict(outcome))) == asdict(outcome)


def test_unknown_names_fail_before_anything_is_trained(make_problem):
    with pytest.raises(PluginError, match="unknown baseline `forest`"):
        run_baselines(["logistic_regression", "forest"], make_problem(), Silence())


def test_a_failing_plug_in_is_named(make_problem):
    def broken(problem):
        return problem.train_features[:, 99]

    with pytest.raises(PluginError, match="the baseline `broken` failed: IndexError"):
        train_baseline("broken", broken, make_problem())


def test_errors_of_qml_pass_as_they_are(make_problem):
    def choosy(problem):
        raise DataError("not these rows")

    with pytest.raises(DataError, match="not these rows"):
        train_baseline("choosy", choosy, make_problem())


def test_a_failing_plug_in_costs_the_others_nothing(make_problem, tmp_path, monkeypatch):
    """A real third-party distribution whose baseline fails."""
    (tmp_path / "rivals.py").write_text("def train(problem):\n    raise ValueError('no luck')\n")
    info = tmp_path / "rivals-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: rivals\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[qml.baselines.v1]\nunlucky = rivals:train\n")
    monkeypatch.syspath_prepend(tmp_path)
    listener = Listener()
    rivals = run_baselines(["unlucky", "logistic_regression"], make_problem(), listener)
    assert rivals[0].outcome.skipped == "the baseline `unlucky` failed: ValueError: no luck"
    assert listener.heard == [rivals[0].outcome.skipped]
    assert rivals[1].outcome.metrics["test_accuracy"] > 0.7


def test_answers_are_counted_row_by_row(make_problem):
    def constant(problem):
        return Fitted(
            train_predictions=np.zeros_like(problem.train_labels),
            test_predictions=np.zeros_like(problem.test_labels),
            parameters=1,
            seconds=0.5,
        )

    rival = train_baseline("constant", constant, make_problem())
    assert rival.correct.sum() == 20
    assert rival.outcome.metrics["train_accuracy"] == pytest.approx(1 / 3)
    assert rival.outcome.metrics["train_seconds"] == 0.5
