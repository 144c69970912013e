import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.data.labels import encode_labels
from qml.data.origin import Origin
from qml.errors import DataError

HERE = Origin("`here`", first_line=2)


def encode(values, dtype=None):
    return encode_labels(np.asarray(values, dtype=dtype), origin=HERE)


@pytest.mark.parametrize(
    "values, dtype, classes",
    [
        ([10, 9, -1], None, ("-1", "9", "10")),
        ([1.0, 0.0, 1.0], None, ("0", "1")),
        ([0.5, 1.5, 0.5, 1.5], None, ("0.5", "1.5")),
        ([True, False], None, ("false", "true")),
        (["b", "a"], None, ("a", "b")),
        (["10", "9"], None, ("9", "10")),
        (["class10", "class9"], None, ("class9", "class10")),
        (["x", "2"], None, ("2", "x")),
        (["b", "a"], object, ("a", "b")),
        ([True, False], object, ("false", "true")),
        ([np.int64(3), np.int64(2)], object, ("2", "3")),
    ],
)
def test_classes_are_in_natural_order(values, dtype, classes):
    codes, names = encode(values, dtype)
    assert names == classes
    assert codes.dtype == np.int64


def test_codes_point_at_the_labels():
    codes, names = encode(["cat", "dog", "cat", "ant"])
    assert [names[code] for code in codes] == ["cat", "dog", "cat", "ant"]


@settings(deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=2).filter(lambda v: len(set(v)) > 1))
def test_integers_text_and_whole_floats_are_one(values):
    expected = encode(values)
    for other in (encode([str(v) for v in values]), encode([float(v) for v in values])):
        assert other[1] == expected[1]
        np.testing.assert_array_equal(other[0], expected[0])


@pytest.mark.parametrize(
    "values, dtype, message",
    [
        ([1, 1, 1], None, "`here` has only one class, `1`"),
        ([0.0, np.nan, 1.0, np.nan], None, "the label is missing in lines 3, 5 of `here`"),
        (["a", None, "b"], object, "the label is missing in line 3 of `here`"),
        (["a", "", "b"], None, "the label is missing in line 3 of `here`"),
        ([1, "a", 2], object, "the labels of `here` are of type int, str"),
        ([[0, 1], [1, 0]], None, r"the labels of `here` have shape \(2, 2\), not \(rows,\)"),
        (np.arange(30) / 7, None, "look continuous: 30 distinct numbers in 30 rows"),
        ([0.1, 0.2, 0.3], None, "look continuous: 3 distinct numbers in 3 rows"),
    ],
)
def test_unusable_labels(values, dtype, message):
    with pytest.raises(DataError, match=message):
        encode(values, dtype)
