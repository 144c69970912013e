import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.config.sections.data import DataSection
from qml.data.partition import partition
from qml.errors import DataError
from qml.seeds import Seeds

COUNTS = st.lists(st.integers(4, 30), min_size=2, max_size=5)


def part(labels, split=None, *, validation=False, root=0, **keys):
    labels = np.asarray(labels)
    split = None if split is None else np.asarray(split)
    classes = tuple(str(code) for code in range(labels.max() + 1))
    section = DataSection(name="digits", **keys)
    return partition(labels, split, classes, section, seeds=Seeds(root), validation=validation)


@settings(deadline=None)
@given(COUNTS, st.booleans(), st.integers(0, 99))
def test_no_row_is_in_two_parts_and_each_part_has_each_class(counts, validation, root):
    labels = np.repeat(np.arange(len(counts)), counts)
    parts = part(labels, validation=validation, root=root)
    together = np.concatenate(parts)
    assert sorted(together) == list(range(len(labels)))
    for rows in parts if validation else (parts.train, parts.test):
        assert set(labels[rows]) == set(range(len(counts)))
        assert np.all(np.diff(rows) > 0)


@settings(deadline=None)
@given(COUNTS, st.integers(0, 99), st.integers(5, 60))
def test_the_cap_keeps_each_class(counts, root, most):
    labels = np.repeat(np.arange(len(counts)), counts)
    whole, capped = part(labels, root=root), part(labels, root=root, rows=most)
    assert len(capped.train) == min(most, len(whole.train))
    assert set(labels[capped.train]) == set(range(len(counts)))
    assert set(capped.train) <= set(whole.train)
    np.testing.assert_array_equal(capped.test, whole.test)


def test_cap_holds_training_and_validation_rows_together():
    parts = part(np.arange(200) % 2, validation=True, rows=50)
    assert len(parts.train) + len(parts.validation) == 50
    assert len(parts.validation) == 5


def test_without_early_stopping_all_training_rows_train():
    parts = part(np.arange(100) % 2)
    assert [len(rows) for rows in parts] == [80, 0, 20]


def test_the_test_rows_do_not_depend_on_validation():
    labels = np.arange(100) % 2
    np.testing.assert_array_equal(part(labels).test, part(labels, validation=True).test)


@pytest.mark.parametrize("validation", [True, False])
def test_a_given_split_is_respected(validation):
    split = ["train", "train", "validation", "test", "train", "train"]
    parts = part([0, 1, 0, 1, 0, 1], split, validation=validation)
    assert [rows.tolist() for rows in parts] == [[0, 1, 4, 5], [2], [3]]


def test_same_seed_same_parts():
    labels = np.arange(60) % 3
    first, second, other = (part(labels, validation=True, root=r) for r in (5, 5, 6))
    for one, two in zip(first, second, strict=True):
        np.testing.assert_array_equal(one, two)
    assert first.test.tolist() != other.test.tolist()


def test_only_the_draws_that_happen_ask_for_seeds():
    seeds = Seeds(0)
    section = DataSection(name="digits")
    labels, split = np.asarray([0, 1, 0, 1]), np.asarray(["train", "train", "test", "test"])
    partition(labels, split, ("a", "b"), section, seeds=seeds, validation=False)
    assert seeds.issued == {}


@pytest.mark.parametrize(
    "labels, split, keys, message",
    [
        ([0, 0, 1], None, {}, "too few rows to split: .* `1`"),
        ([0, 0, 1, 1], None, {"validation": True}, "too few training rows to split"),
        ([0, 0, 1], ["train", "train", "test"], {}, "classes `1` have no training rows"),
        (np.arange(90) % 5, None, {"rows": 4}, "`data.rows = 4` is less than one row for each"),
        (
            np.arange(20) % 2,
            None,
            {"validation": True, "validation_fraction": 0.0},
            "early stopping has no rows to watch",
        ),
    ],
)
def test_too_few_rows(labels, split, keys, message):
    with pytest.raises(DataError, match=message):
        part(labels, split, **keys)
