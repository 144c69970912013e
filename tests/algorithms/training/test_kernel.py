import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.svm import SVC

from qml.algorithms.models import KernelModel, Shape
from qml.algorithms.training.choice import BANDWIDTHS, STRENGTHS, choose
from qml.algorithms.training.kernel import KernelMachine, fit, gram
from qml.config.sections import DataSection, ModelSection
from qml.data import load, prepare
from qml.engine import setup
from qml.plugins import load as load_plugin
from qml.ports import Silence
from qml.seeds import Seeds

MAPS = {
    "IQPKernelClassifier": ("iqp", "repeats"),
    "SeparableKernelClassifier": ("separable", "encoding_layers"),
}


def model(features: int, **settings) -> KernelModel:
    section = ModelSection(kind="kernel", **settings)
    built = load_plugin("models", "kernel")(section, Shape(features=features, classes=2), Path())
    assert isinstance(built, KernelModel)
    return built


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 5), st.integers(0, 1000), st.sampled_from([0.1, 1.0, 100.0]))
def test_stored_machines_vote_as_scikit_learn_does(classes, seed, c):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(12 * classes, 3))
    y = np.repeat(np.arange(classes), 12)
    kernel = np.exp(-((x[:, None] - x[None]) ** 2).sum(-1))
    machine = SVC(kernel="precomputed", C=c).fit(kernel, y)
    stored = KernelMachine(
        model(3),
        {
            "support": x[machine.support_],
            "dual": machine.dual_coef_,
            "intercept": machine.intercept_,
            "sizes": machine.n_support_,
        },
    )
    assert np.array_equal(stored.vote(kernel[:, machine.support_]), machine.predict(kernel))


def published(data: Path) -> list[dict[str, str]]:
    with (data / "published" / "expected.csv").open() as stream:
        return [row for row in csv.DictReader(stream) if row["model"] in MAPS]


def test_published_accuracies_come_out_exactly(test_data: Path, evaluator_of):
    setup(precision="float64")
    evaluator = evaluator_of(precision="float64")
    rows = published(test_data)
    assert len(rows) == 6
    for row in rows:
        chosen = json.loads(row["hyperparameters"])
        name, repeats = MAPS[row["model"]]
        section = DataSection(
            path=str(test_data / "published" / row["file"]), target="y", split="split"
        )
        dataset = load(section, root=Path(), environ={}, progress=Silence())
        data = prepare(dataset, section, seeds=Seeds(0), scale="angle")
        kernel = model(
            dataset.features.shape[1],
            feature_map=name,
            repeats=int(chosen[repeats]),
            C=float(chosen["C"]),
        )
        machine, on_train, _ = fit(kernel, data.train.features, data.train.labels, evaluator)
        on_test = machine.predict(data.test.features, evaluator)
        train = round(float(np.mean(on_train == data.train.labels)), 4)
        test = round(float(np.mean(on_test == data.test.labels)), 4)
        assert (train, test) == (float(row["train_accuracy"]), float(row["test_accuracy"])), row


@pytest.mark.parametrize("name", ["iqp", "zz", "separable"])
def test_measured_overlaps_equal_exact_ones(name, evaluator_of):
    class WithoutStates:
        exact = True

        def __init__(self, inner):
            self.inner = inner

        def expectations(self, circuits, observables):
            return self.inner.expectations(circuits, observables)

        def overlaps(self, model):
            return None

    rng = np.random.default_rng(0)
    left, right = rng.uniform(-1, 1, (4, 3)), rng.uniform(-1, 1, (3, 3))
    kernel, exact = model(3, feature_map=name, repeats=2), evaluator_of()
    measured = WithoutStates(exact)
    assert np.allclose(
        gram(kernel, left, right, measured), gram(kernel, left, right, exact), atol=1e-5
    )
    assert np.allclose(
        gram(kernel, left, left, measured), gram(kernel, left, left, exact), atol=1e-5
    )


def rings(rows=120, seed=0):
    rng = np.random.default_rng(seed)
    features = rng.uniform(-1.5, 1.5, (rows, 2))
    return features, (np.hypot(*features.T) < 1.1).astype(np.int64)


def test_cross_validation_chooses_as_scikit_learn_does(evaluator_of):
    features, labels = rings()
    kernel, evaluator = model(2, feature_map="zz", C="auto", bandwidth="auto"), evaluator_of()
    fitted = fit(kernel, features, labels, evaluator, seed=3)
    folds = StratifiedKFold(5, shuffle=True, random_state=3)
    scores = {
        (c, width): cross_val_score(
            SVC(kernel="precomputed", C=c),
            gram(kernel, width * features, width * features, evaluator),
            labels,
            cv=folds,
        ).mean()
        for c in STRENGTHS
        for width in BANDWIDTHS
    }
    chosen = (fitted.chosen["C"], fitted.chosen["bandwidth"])
    assert len(scores) == 20, "as many as the tuned Gaussian kernel tries"
    assert scores[chosen] == max(scores.values()) > min(scores.values())


def test_a_chosen_bandwidth_goes_with_the_machine(evaluator_of):
    features, labels = rings()
    tuned = model(2, feature_map="zz", C="auto", bandwidth="auto")
    fitted = fit(tuned, features, labels, evaluator_of(), seed=3)
    assert fitted.chosen["bandwidth"] != 1
    stored = KernelMachine(tuned, dict(fitted.machine.params))
    assert np.array_equal(stored.predict(features, evaluator_of()), fitted.on_train)


def test_machines_stored_before_there_was_a_bandwidth_answer(evaluator_of):
    features, labels = rings()
    fitted = fit(model(2), features, labels, evaluator_of())
    before = {k: v for k, v in fitted.machine.params.items() if k != "bandwidth"}
    found = KernelMachine(model(2), before).predict(features, evaluator_of())
    assert np.array_equal(found, fitted.on_train)
    assert fitted.chosen == {}


def test_too_few_rows_for_folds_take_the_middle():
    kernels = {0.5: np.eye(3), 1.0: np.eye(3)}
    labels = np.array([0, 0, 1])
    assert choose(kernels, labels, strength=None, seed=0) == (1.0, 1.0)
    assert choose({0.5: np.eye(3)}, labels, strength=7.0, seed=0) == (7.0, 0.5)
