import numpy as np
import pytest

from qml.data.checks import check_features, check_split
from qml.data.origin import Origin
from qml.errors import DataError

FILE = Origin("`a.csv`", first_line=2)
ARRAY = Origin("`a.npz`")


def table(**cells) -> np.ndarray:
    matrix = np.zeros((20, 3))
    for place, value in cells.items():
        row, column = map(int, place[1:].split("_"))
        matrix[row, column] = value
    return matrix


def test_float32_stays_and_integers_become_float64():
    for given, wanted in (("f4", "f4"), ("f2", "f4"), ("f8", "f8"), ("i8", "f8"), ("?", "f8")):
        found = check_features(np.zeros((2, 1), given), None, rows=2, origin=FILE)
        assert found.dtype == wanted


def test_images_are_flattened():
    assert check_features(np.zeros((5, 2, 3)), None, rows=5, origin=FILE).shape == (5, 6)


@pytest.mark.parametrize(
    "origin, message",
    [
        (FILE, "column `b` of `a.csv` is missing or not finite in lines 5, 9"),
        (ARRAY, r"column `b` of `a.npz` is missing or not finite in rows 3, 7 \(counted from 0\)"),
    ],
)
def test_not_a_number_names_column_and_rows(origin, message):
    matrix = table(r3_1=np.nan, r7_1=np.inf, r2_2=np.nan)
    with pytest.raises(DataError, match=message) as caught:
        check_features(matrix, ["a", "b", "c"], rows=20, origin=origin)
    assert caught.value.details == "also in columns `c`"


def test_many_rows_are_counted():
    matrix = table()
    matrix[:, 0] = np.inf
    with pytest.raises(DataError, match=r"is infinite in lines 2, 3, 4, 5, 6 and 15 more"):
        check_features(matrix, None, rows=20, origin=FILE)


@pytest.mark.parametrize(
    "values, rows, message",
    [
        (np.zeros(4), 4, r"have shape \(4,\), not \(rows, columns\)"),
        (np.zeros((4, 2)), 5, "has 4 rows of features but 5 labels"),
        (np.zeros((0, 2)), 0, "has 0 rows and 2 feature columns"),
        (np.zeros((3, 0)), 3, "has 3 rows and 0 feature columns"),
        (np.full((3, 1), "a"), 3, "have dtype <U1, not numbers"),
        (np.zeros((3, 1), complex), 3, "have dtype complex128, not numbers"),
    ],
)
def test_unusable_features(values, rows, message):
    with pytest.raises(DataError, match=message):
        check_features(values, None, rows=rows, origin=FILE)


def test_split_has_three_spellings_of_validation():
    given = np.asarray(["train", "val", "valid", "validation", "test"])
    found = check_split(given, rows=5, origin=FILE)
    assert found.tolist() == ["train", "validation", "validation", "validation", "test"]


@pytest.mark.parametrize(
    "values, message",
    [
        (["train", "dev", "test"], "the split of `a.csv` is `dev` in line 3"),
        (["train", None, "test"], "the split of `a.csv` is `` in line 3"),
        (["train", "Train", "test"], "is `Train` in line 3"),
        ([0, 1, 2], "is `0` in line 2"),
        (["train", "train", "val"], "has no `test` rows"),
        (["test", "test", "val"], "has no `train` rows"),
        (["train", "test"], r"has shape \(2,\), not \(3,\)"),
    ],
)
def test_unusable_split(values, message):
    with pytest.raises(DataError, match=message):
        check_split(np.asarray(values, dtype=object), rows=3, origin=FILE)
