import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qml.data.content import digest_content

LABELS = np.asarray([0, 1, 0])
FEATURES = np.asarray([[0.1, 2.0], [3.0, 4.5], [5.0, 6.0]])


def digest(features=FEATURES, labels=LABELS, classes=("a", "b"), **keys) -> str:
    return digest_content(features, labels, classes, **keys)


def test_golden():
    """The digest is part of the manifest's format: it must not change between versions."""
    assert digest() == "ce7202a5befa6bdd654e3429d47a6ffc4d6f913b2bbe9a6721263255de37e62d"


@settings(deadline=None)
@given(arrays(np.float32, (3, 2), elements=st.floats(-1e6, 1e6, width=32)))
def test_precision_of_storage_does_not_matter(features):
    assert digest(features) == digest(features.astype(np.float64))
    assert digest(np.asfortranarray(features)) == digest(features)


def test_the_sign_of_zero_does_not_matter():
    assert digest(np.zeros((3, 2))) == digest(-np.zeros((3, 2)))


def test_values_that_float32_cannot_hold_are_told_apart():
    assert digest(FEATURES) != digest(FEATURES.astype(np.float32))
    assert digest(np.full((3, 2), 1e300)) != digest(np.full((3, 2), 1e301))


def test_every_part_counts():
    split = np.asarray(["train", "train", "test"])
    others = [
        digest(FEATURES + 1),
        digest(labels=LABELS[::-1].copy() * 0),
        digest(classes=("a", "c")),
        digest(split=split),
        digest(split=np.asarray(["train", "validation", "test"])),
        digest(FEATURES.reshape(3, 2)[:, ::-1]),
    ]
    assert len({digest(), *others}) == len(others) + 1


@pytest.mark.parametrize("rows", [np.asarray([0, 2]), np.asarray([1, 2])])
def test_an_index_digests_like_the_rows_it_takes(rows):
    assert digest(labels=LABELS[rows], index=rows) == digest(FEATURES[rows], LABELS[rows])
