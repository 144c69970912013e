"""Diversity in meaning and in words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.errors import UsageError
from qml.language.scores import distinct, vendi


def test_the_published_values() -> None:
    assert vendi(np.eye(5)) == pytest.approx(5)
    assert vendi(np.full((5, 4), 0.5)) == pytest.approx(1)


def test_two_groups_count_as_two() -> None:
    assert vendi(np.repeat(np.eye(2), 3, axis=0)) == pytest.approx(2)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 12), st.integers(1, 8), st.integers(0, 1000))
def test_an_effective_number(rows: int, size: int, seed: int) -> None:
    found = np.random.default_rng(seed).normal(size=(rows, size))
    unit = found / np.linalg.norm(found, axis=1, keepdims=True)
    score = vendi(unit)
    assert 1 - 1e-9 <= score <= min(rows, size) + 1e-6
    assert vendi(unit[::-1]) == pytest.approx(score)
    assert vendi(np.repeat(unit, 2, axis=0)) == pytest.approx(score)  # repeating adds nothing


def test_no_rows() -> None:
    with pytest.raises(UsageError, match="one row for each answer"):
        vendi(np.zeros((0, 3)))


def test_distinct() -> None:
    assert distinct(["a b a", "A c"], 1) == 3 / 5
    assert distinct(["a b a b", "a b"], 2) == 2 / 4
    assert distinct(["one", ""], 2) is None
