"""The likeliest, and what most of them say."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qml.algorithms.selection.rules import best, majority
from qml.problems import Group

QUALITY = np.array([-3.0, -1.0, -2.0, -1.0, -9.0])


def test_the_best_come_first():
    assert best(QUALITY, 3) == (1, 3, 2)
    assert best(QUALITY, 2, [Group("low", (0, 4), 1, 1)]) == (1, 0)


def test_the_majority_comes_before_a_better_answer():
    clusters = [0, 1, 0, 2, 1]
    assert majority(clusters, 4, QUALITY) == (2, 0, 1, 4)
    assert majority(clusters, 3) == (0, 2, 1)
    assert majority([0, 1, 1], 1) == (1,)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=9), st.data())
def test_always_k_places_of_the_largest_clusters(clusters, data):
    k = data.draw(st.integers(1, len(clusters)))
    chosen = majority(clusters, k)
    assert len(set(chosen)) == k
    left = [clusters.count(c) for i, c in enumerate(clusters) if i not in chosen]
    assert clusters.count(clusters[chosen[0]]) == max(map(clusters.count, clusters))
    assert all(clusters.count(clusters[i]) >= size for i in chosen for size in left)
