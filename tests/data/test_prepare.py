import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from qml.config.sections.data import DataSection
from qml.data import assemble, prepare
from qml.data.content import digest_content
from qml.data.origin import Origin
from qml.errors import DataError
from qml.seeds import Seeds
from tests.data.conftest import blobs


def ready(dataset, *, scale="angle", root=0, validation=False, **keys):
    section = DataSection(name="digits", **keys)
    return prepare(dataset, section, seeds=Seeds(root), scale=scale, validation=validation)


def replaced(dataset, rows, features):
    values = dataset.features.copy()
    values[rows] = features
    return assemble(
        values,
        np.asarray(dataset.classes)[dataset.labels],
        origin=Origin("`other`"),
        source={},
    )


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(["angle", "standard", "none"]),
    st.sampled_from([None, 2]),
    st.booleans(),
    st.integers(0, 99),
)
def test_training_rows_never_see_the_others(scale, features, validation, root):
    dataset = blobs()
    keys = {"scale": scale, "features": features, "validation": validation, "root": root}
    first = ready(dataset, **keys)
    others = np.concatenate([first.test.index, first.validation.index])
    noise = np.random.default_rng(root).normal(size=(len(others), 4)) * 100
    second = ready(replaced(dataset, others, noise), **keys)
    assert second.train.features.tobytes() == first.train.features.tobytes()
    assert second.digests["train"] == first.digests["train"]
    assert second.digests["test"] != first.digests["test"]


def test_rows_say_where_they_come_from():
    dataset = blobs()
    prepared = ready(dataset, scale="none", validation=True)
    for rows in (prepared.train, prepared.validation, prepared.test):
        np.testing.assert_array_equal(rows.features, dataset.features[rows.index])
        np.testing.assert_array_equal(rows.labels, dataset.labels[rows.index])
        assert len(rows) == len(rows.index)


def test_angle_fits_the_training_rows():
    prepared = ready(blobs(), scale="angle")
    np.testing.assert_allclose(prepared.train.features.min(axis=0), -np.pi / 2, rtol=1e-12)
    np.testing.assert_allclose(prepared.train.features.max(axis=0), np.pi / 2, rtol=1e-12)


def test_components_come_before_the_scaling():
    prepared = ready(blobs(), scale="standard", features=2)
    np.testing.assert_allclose(prepared.train.features.std(axis=0), 1)
    assert prepared.train.features.shape[1] == 2


def test_columns_by_name():
    dataset = blobs(names=["a", "b", "c", "d"])
    prepared = ready(dataset, scale="none", features=["d", "a"])
    np.testing.assert_array_equal(
        prepared.train.features, dataset.features[prepared.train.index][:, [3, 0]]
    )
    assert prepared.preprocessor.feature_names == ("d", "a")


@pytest.mark.parametrize("wanted, kept", [(2, ("0", "1")), (["2", 0], ("0", "2"))])
def test_classes(wanted, kept):
    dataset = blobs()
    prepared = ready(dataset, classes=wanted)
    assert prepared.classes == kept
    for rows in (prepared.train, prepared.test):
        names = [prepared.classes[code] for code in rows.labels]
        assert names == [dataset.classes[code] for code in dataset.labels[rows.index]]


def test_own_split_stays_with_its_rows():
    split = np.asarray(["train", "test", "val"] * 20)
    prepared = ready(blobs(split=split), classes=2, validation=True)
    for name, part in (("train", "train"), ("validation", "val"), ("test", "test")):
        assert set(split[getattr(prepared, name).index]) == {part}


def test_digests_are_of_the_raw_content():
    dataset = blobs()
    prepared = ready(dataset, scale="angle", features=2)
    rows = prepared.test
    assert prepared.digests["data"] == dataset.digest
    assert prepared.digests["test"] == digest_content(
        dataset.features[rows.index], rows.labels, prepared.classes
    )


@pytest.mark.parametrize(
    "keys, message",
    [
        ({"classes": 4}, "`data.classes = 4`, but there are 3 classes"),
        ({"classes": 1}, "`data.classes` keeps 1 class"),
        ({"classes": ["0", "cat"]}, "`data.classes` lists `cat`, which is not a class"),
        ({"classes": ["0", "0"]}, "`data.classes` keeps 1 class"),
        ({"features": 5}, "`data.features = 5` principal components cannot be had"),
        ({"features": ["x0", "x9"]}, "the data has no column `x9`"),
        ({"features": ["x0", "x0"]}, "`data.features` lists `x0` more than once"),
        ({"features": []}, "`data.features` is an empty list"),
    ],
)
def test_unusable_choices(keys, message):
    with pytest.raises(DataError, match=message):
        ready(blobs(), **keys)


def test_the_number_of_threads_changes_no_bit():
    dataset = blobs(counts=(900, 900), width=300)
    prepared = []
    for threads in (1, 2, 3):
        with threadpool_limits(threads, user_api="blas"):
            prepared.append(ready(dataset, features=8))
    assert len({rows.train.features.tobytes() for rows in prepared}) == 1
