"""Settings that are given replace the search, and are checked."""

import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from qml.algorithms.baselines import logistic_regression, mlp, rbf_svc, svc
from qml.errors import ConfigError

GIVEN = {
    rbf_svc: ({"C": 3.0, "gamma": 0.2}, make_pipeline(StandardScaler(), SVC(C=3.0, gamma=0.2))),
    svc: ({"C": 3, "gamma": 0.2}, SVC(C=3.0, gamma=0.2)),
    logistic_regression: (
        {"C": 0.5},
        make_pipeline(StandardScaler(), LogisticRegression(C=0.5, max_iter=200, tol=3e-4)),
    ),
}


@pytest.mark.parametrize("baseline", GIVEN, ids=lambda b: b.__name__.rpartition(".")[2])
def test_given_settings_are_those_of_scikit_learn(baseline, make_problem):
    settings, theirs = GIVEN[baseline]
    problem = make_problem(settings=settings)
    fitted = baseline.train(problem)
    theirs.fit(problem.train_features, problem.train_labels)
    assert fitted.test_predictions.tolist() == theirs.predict(problem.test_features).tolist()
    assert fitted.settings["tuned"] is False
    assert {key: fitted.settings[key] for key in settings} == settings


def test_the_network_takes_its_penalty(make_problem):
    assert mlp.train(make_problem(settings={"alpha": 0.3})).settings["alpha"] == 0.3
    stopped = mlp.train(make_problem(settings={"alpha": 0.3}, max_rows=100))
    assert (stopped.settings["alpha"], stopped.settings["solver"]) == (0.3, "adam")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"gama": 1.0}, "has no setting `gama`"),
        ({"C": 0}, "`C` of the baseline `svc` is 0"),
        ({"C": "1"}, "is '1'"),
        ({"C": True}, "is True"),
        ({"C": float("inf")}, "is not finite"),
    ],
)
def test_others_are_refused(settings, words, make_problem):
    with pytest.raises(ConfigError, match=words):
        svc.train(make_problem(settings=settings))


def test_a_slip_gets_a_hint(make_problem):
    with pytest.raises(ConfigError) as caught:
        rbf_svc.train(make_problem(settings={"gama": 1.0}))
    assert caught.value.hint == "did you mean `gamma`? it has: C, gamma"


def test_svc_without_settings_is_scikit_learns(make_problem):
    problem = make_problem()
    theirs = SVC().fit(problem.train_features, problem.train_labels)
    fitted = svc.train(problem)
    assert fitted.test_predictions.tolist() == theirs.predict(problem.test_features).tolist()


def test_svc_skips_many_rows(make_problem):
    assert "takes up to 100 rows" in svc.train(make_problem(max_rows=100)).reason
