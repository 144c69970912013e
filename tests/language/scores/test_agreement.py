"""Agreement of answers, against published and hand-computed values."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.errors import UsageError
from qml.language.scores import self_consistency, semantic_entropy

ids = st.lists(st.integers(0, 5), min_size=1, max_size=30)


def test_the_published_value() -> None:
    assert semantic_entropy([0, 1, 2, 1]) == pytest.approx(1.0397, abs=5e-5)
    assert semantic_entropy([0, 1, 2, 1]) == pytest.approx(1.5 * math.log(2), abs=1e-12)
    assert self_consistency([0, 1, 2, 1]) == 0.5


def test_one_of_24_differs() -> None:
    assert semantic_entropy([0] * 23 + [1]) == pytest.approx(0.173, abs=5e-4)


def test_weights_of_likelihood() -> None:
    weighted = semantic_entropy([0, 1], logprobs=[math.log(0.3), math.log(0.1)])
    assert weighted == pytest.approx(-0.75 * math.log(0.75) - 0.25 * math.log(0.25))
    assert semantic_entropy([0, 1], logprobs=[-1.0, None]) is None


@settings(max_examples=25, deadline=None)
@given(ids)
def test_between_agreement_and_none(clusters: list[int]) -> None:
    entropy = semantic_entropy(clusters)
    assert entropy is not None
    assert 0 <= entropy <= math.log(len(clusters)) + 1e-12
    assert (entropy == 0) == (len(set(clusters)) == 1)
    normalised = semantic_entropy(clusters, normalise=True)
    assert normalised is not None
    assert 0 <= normalised <= 1 + 1e-12
    assert entropy >= -math.log(self_consistency(clusters)) - 1e-12  # min-entropy is no larger


@settings(max_examples=25, deadline=None)
@given(ids)
def test_names_and_order_do_not_matter(clusters: list[int]) -> None:
    renamed = [f"cluster {c}" for c in clusters][::-1]
    assert semantic_entropy(renamed) == pytest.approx(semantic_entropy(clusters))


@settings(max_examples=25, deadline=None)
@given(ids)
def test_equal_weights_change_nothing(clusters: list[int]) -> None:
    weighted = semantic_entropy(clusters, logprobs=[-2.0] * len(clusters))
    assert weighted == pytest.approx(semantic_entropy(clusters))


def test_nothing_to_judge() -> None:
    for score in (semantic_entropy, self_consistency):
        with pytest.raises(UsageError, match="no answers"):
            score([])
    with pytest.raises(UsageError, match="2 answers but 1"):
        semantic_entropy([0, 1], logprobs=[-1.0])
