"""Ridge machines, nested folds, alignment."""

import numpy as np
import pytest
from sklearn.kernel_ridge import KernelRidge

from qml.benchmarking.screen.alignment import alignment, centred
from qml.benchmarking.screen.classical import gaussian
from qml.benchmarking.screen.contest import answer, contest, folds
from qml.benchmarking.screen.ridge import Spectrum


def test_rows_left_out_are_those_of_machines_fitted_without_them():
    random = np.random.default_rng(0)
    kernel, targets = gaussian(random.normal(size=(15, 2)), 0.7), random.normal(size=(15, 2))
    found = Spectrum.of(kernel).left_out(targets, 0.1).values
    for row in range(15):
        rest = np.delete(np.arange(15), row)
        model = KernelRidge(alpha=0.1, kernel="precomputed")
        model.fit(kernel[np.ix_(rest, rest)], targets[rest])
        assert np.allclose(found[row], model.predict(kernel[row, rest][None])[0])


def test_folds_deal_every_class_out():
    labels = np.array([0] * 23 + [1] * 7)
    fold = folds(labels, 5, 1)
    counts = np.array([np.bincount(labels[fold == f], minlength=2) for f in range(5)])
    assert np.ptp(counts[:, 0]) <= 1
    assert np.ptp(counts[:, 1]) <= 1
    assert np.ptp(counts.sum(axis=1)) <= 1


def test_a_kernel_that_knows_the_classes_is_chosen_and_right():
    labels = np.random.default_rng(0).integers(0, 3, 60)
    one_hot = np.eye(3)[labels]
    found = answer([np.eye(60), one_hot @ one_hot.T], labels, 3, folds(labels, 5, 0))
    assert found.chosen == 1
    assert found.correct.all()


def test_noise_is_not_learnt_however_many_kernels_there_are():
    random = np.random.default_rng(3)
    labels = random.permutation(np.repeat([0, 1], 60))
    kernels = [gaussian(random.normal(size=(120, 3)), g) for g in (0.1, 1.0) for _ in range(10)]
    found = contest({"many": kernels}, labels, 2, count=5, seed=0)["many"]
    assert found.correct.mean() == pytest.approx(0.5, abs=0.15)


def test_alignment_is_one_for_the_labels_and_blind_to_shifts():
    labels = np.array([0, 0, 1, 1, 2])
    one_hot = np.eye(3)[labels]
    ideal = one_hot @ one_hot.T
    assert alignment(ideal, labels, 3) == pytest.approx(1.0)
    assert alignment(5.0 + 2.0 * ideal, labels, 3) == pytest.approx(1.0)
    assert alignment(np.ones((5, 5)), labels, 3) == 0.0


def test_centring_is_that_of_the_features():
    features = np.random.default_rng(0).normal(size=(9, 4))
    moved = features - features.mean(axis=0)
    assert np.allclose(centred(features @ features.T), moved @ moved.T)
