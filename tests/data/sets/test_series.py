"""The published data sets come out as their authors stored them, and disturb nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from qml.config.sections.data import DataSection
from qml.data import load
from qml.data.sets import bars_and_stripes, hidden_manifold, hyperplanes, two_curves
from qml.data.sets.series import draw_member, standardised, until
from qml.errors import ConfigError, DataError
from qml.ports import Silence

STORED = {
    "linearly_separable_4d": ("linearly_separable", {"features": 4}),
    "hidden_manifold-6manifold-6d": ("hidden_manifold", {"features": 6}),
    "two_curves-5degree-0p1offset-4d": ("two_curves", {"features": 4}),
    "hyperplanes-10d-from3d-5n": ("hyperplanes", {"planes": 5}),
}
NAMES = ["linearly_separable", "hidden_manifold", "two_curves", "hyperplanes", "bars_and_stripes"]


def draw(name, **options):
    section = DataSection(name=name, options=options)
    return load(section, root=None, environ={}, progress=Silence())


@pytest.mark.parametrize("stored", STORED)
def test_rows_and_split_are_those_that_the_authors_stored(stored, shared):
    name, options = STORED[stored]
    file = DataSection(path=f"{stored}.csv", target="y", split="split")
    theirs = load(file, root=shared / "published", environ={}, progress=Silence())
    ours = draw(name, **options)
    np.testing.assert_allclose(ours.features, theirs.features, rtol=0, atol=1e-12)
    assert np.array_equal(ours.labels, theirs.labels)
    assert np.array_equal(ours.split, theirs.split)
    assert ours.classes == theirs.classes == ("-1", "1")


@pytest.mark.parametrize("name", NAMES)
def test_the_global_state_is_left_alone(name):
    before = np.random.get_state()[1:3]  # noqa: NPY002 - what must not change
    draw(name)
    after = np.random.get_state()[1:3]  # noqa: NPY002 - as above
    assert np.array_equal(after[0], before[0])
    assert after[1] == before[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_seed_gives_the_same_rows_and_another_seed_others(name):
    assert draw(name, seed=5).digest == draw(name, seed=5).digest != draw(name, seed=6).digest


@settings(max_examples=30, deadline=None)
@given(st.integers(5, 200), st.integers(0, 2**32 - 1))
def test_the_split_is_that_of_scikit_learn(rows, seed):
    def numbers(member, random):
        return random.normal(size=(member, 2)), np.arange(member)

    features, labels, trained = draw_member(numbers, [rows], seed=seed)
    random = np.random.RandomState(seed)
    points = random.normal(size=(rows, 2))
    theirs = train_test_split(points, np.arange(rows), test_size=0.2, random_state=random)
    assert np.array_equal(features[:trained], theirs[0])
    assert np.array_equal(features[trained:], theirs[1])
    assert np.array_equal(labels[trained:], theirs[3])


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 50), st.integers(1, 8), st.integers(0, 1000))
def test_features_are_standardised_as_scikit_learn_does_it(rows, width, seed):
    points = np.random.default_rng(seed).normal(3, 2, (rows, width))
    np.testing.assert_allclose(
        standardised(points), StandardScaler().fit_transform(points), atol=1e-12
    )


def test_what_is_in_both_series_is_told_apart():
    first, second = (draw("hidden_manifold", series=name) for name in ("features", "manifold"))
    assert first.digest != second.digest
    assert draw("hidden_manifold", features=10, manifold=6).digest == first.digest


def test_a_series_that_has_no_such_member_is_refused():
    with pytest.raises(ConfigError, match=r"series `degree` .* has no such data set"):
        draw("two_curves", features=4, series="degree")


def test_all_before_a_member_is_drawn_too():
    series = {"a": [1, 2, 3], "b": [3, 4]}
    assert until(2, series, None) == [1, 2]
    assert until(3, series, None) == [1, 2, 3]
    assert until(3, series, "b") == [1, 2, 3, 3]
    assert until(9, series, None) == [9]


def test_curves_are_where_their_fourier_series_puts_them():
    member = two_curves.Member(features=3, degree=4, offset=0.25, noise=0.0, rows=40)
    features, labels = two_curves.draw(member, np.random.RandomState(1))
    random = np.random.RandomState(1)
    c = random.uniform(size=(3, 5, 2))
    c = c / np.linalg.norm(c)
    points = []
    for row in range(40):
        t = random.rand()
        random.normal(size=3)
        angles = np.pi * t * np.arange(1, 5)
        value = c[:, 0].sum(1) + c[:, 1:, 0] @ np.cos(angles) + c[:, 1:, 1] @ np.sin(angles)
        points.append(value + 0.25 * (row >= 20))
    np.testing.assert_allclose(features, standardised(np.array(points)), atol=1e-10)
    assert labels.tolist() == [-1] * 20 + [1] * 20


def test_labels_of_hyperplanes_are_parities():
    member = hyperplanes.Member(features=3, planes=4, dimension=3, rows=60)
    features, labels = hyperplanes.draw(member, np.random.RandomState(0))
    random = np.random.RandomState(0)
    normals, biases = random.uniform(size=(4, 3)), random.uniform(size=4)
    planes = list(zip(normals, biases, strict=True))
    points = random.normal(size=(240, 3))
    even = np.array([sum(w @ p > -b for w, b in planes) % 2 == 0 for p in points])
    chosen = np.concatenate([points[even][:30], points[~even][:30]])
    embedding = random.uniform(size=(3, 3))
    np.testing.assert_allclose(features, standardised(chosen @ embedding), atol=1e-10)
    assert labels.tolist() == [-1] * 30 + [1] * 30


def test_hidden_manifolds_are_balanced():
    member = hidden_manifold.Member(features=4, manifold=3, rows=50)
    _, labels = hidden_manifold.draw(member, np.random.RandomState(0))
    assert labels.sum() == 0


def test_bars_are_columns_and_stripes_are_rows():
    features, labels = bars_and_stripes.draw(200, 4, 0.0, np.random.RandomState(0))
    for image, label in zip(features.reshape(-1, 4, 4), labels, strict=True):
        lines = image if label == 1 else image.T
        assert set(np.unique(image)) <= {-1.0, 1.0}
        assert (lines == lines[:, :1]).all()
    assert 70 < (labels == 1).sum() < 130
    dataset = draw("bars_and_stripes", size=3, train=30, test=10)
    assert dataset.features.shape == (40, 9)
    assert dataset.split.tolist() == ["train"] * 30 + ["test"] * 10


def test_too_wide_a_margin_and_too_few_of_a_parity_are_refused():
    with pytest.raises(DataError, match="clear a margin of 50"):
        draw("linearly_separable", margin=50)
    with pytest.raises(DataError, match="have one of the parities"):
        draw("hyperplanes", features=2, planes=1, dimension=1, rows=300, seed=9)
