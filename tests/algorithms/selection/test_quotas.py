"""Quotas: what can still be kept, against trying everything."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qml.algorithms.selection.quotas import (
    best_linear,
    completable,
    disjoint,
    require_possible,
)
from qml.errors import PlanError
from qml.problems import Group


@st.composite
def cases(draw, *, apart):
    size = draw(st.integers(1, 7))
    k = draw(st.integers(1, size))
    labels = draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))
    groups = []
    for g in range(draw(st.integers(0, 2))):
        if apart:
            members = tuple(i for i, label in enumerate(labels) if label == g)
        else:
            members = tuple(sorted(draw(st.sets(st.integers(0, size - 1)))))
        low = draw(st.integers(0, 3))
        groups.append(Group(str(g), members, low, low + draw(st.integers(0, 2))))
    return size, k, tuple(groups)


def keeps(subset, groups):
    counts = [(len(set(subset) & set(g.members)), g) for g in groups]
    return all(g.low <= count <= g.high for count, g in counts)


def possible(size, k, groups):
    return [s for s in combinations(range(size), k) if keeps(s, groups)]


@settings(max_examples=40, deadline=None)
@given(cases(apart=True), st.data())
def test_counting_is_right(case, data):
    size, k, groups = case
    assert disjoint(groups)
    chosen = data.draw(st.sets(st.integers(0, size - 1), max_size=k))
    found = [s for s in possible(size, k, groups) if chosen <= set(s)]
    assert completable(tuple(chosen), size, k, groups) == bool(found)


@settings(max_examples=40, deadline=None)
@given(cases(apart=False))
def test_the_program_is_right(case):
    size, k, groups = case
    assert completable((), size, k, groups) == bool(possible(size, k, groups))


@settings(max_examples=40, deadline=None)
@given(st.booleans().flatmap(lambda apart: cases(apart=apart)), st.integers(0, 1000))
def test_the_best_sum_is_the_best(case, seed):
    size, k, groups = case
    subsets = possible(size, k, groups)
    assume(subsets)
    gains = np.random.default_rng(seed).normal(size=size)
    found = best_linear(gains, k, groups)
    assert found in subsets
    expected = max(gains[list(subset)].sum() for subset in subsets)
    assert gains[list(found)].sum() == pytest.approx(expected)


@pytest.mark.parametrize(
    ("quota", "words"),
    [
        (Group("a", (0, 1), 3, 3), "asks for 3, but there are 2"),
        (Group("a", (0, 1, 2, 3), 0, 1), "allows 1, but only 1 other answers"),
        (Group("a", (0, 1), 2, 1), "asks for 2 to 1"),
        (Group("a", (0, 1, 2, 3, 4), 4, 5), "asks for 4, but 3 are chosen"),
    ],
)
def test_the_quota_that_cannot_hold_is_named(quota, words):
    with pytest.raises(PlanError, match=f"quota `a` {words}"):
        require_possible(5, 3, (quota,))


def test_quotas_that_contradict_each_other_are_all_named():
    quotas = (Group("a", (0, 1, 2), 2, 3), Group("b", (3, 4, 5), 2, 3))
    with pytest.raises(PlanError, match="`a` 2 to 3 of 3, `b` 2 to 3 of 3"):
        require_possible(6, 3, quotas)
    overlapping = (Group("a", (0, 1), 2, 2), Group("b", (0, 1), 0, 1))
    with pytest.raises(PlanError, match="keeps all quotas"):
        require_possible(6, 3, overlapping)
