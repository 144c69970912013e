"""Which answers mean the same."""

import numpy as np
import pytest

from qml.errors import UsageError
from qml.language.clusters import cluster

CAPITAL = "What is the capital of Australia?"


def test_facts_are_told_apart_by_what_they_say() -> None:
    texts = ["The capital of Australia is Canberra.", "Sydney.", "Canberra", "I cannot say"]
    alike = np.ones((4, 1))  # as embeddings nearly have it
    found = cluster(CAPITAL, texts, alike)
    assert found.how == "fact"
    assert found.ids == (0, 1, 0, 2)
    assert found.labels[:2] == ("canberra", "sydney")
    assert found.majority == 0
    merged = cluster(CAPITAL, texts, alike, how="text")
    assert merged.ids == (0, 0, 0, 0)
    assert merged.how == "text"


def test_numbers() -> None:
    found = cluster("What is 17 plus 26?", ["43", "17 + 26 = 43", "42", "no idea", "No  idea"])
    assert found.how == "number"
    assert found.ids == (0, 0, 1, 2, 2)


def test_open_text_by_leaders() -> None:
    turn = np.array([0.0, 0.5, 1.0, 1.4])
    rows = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    found = cluster("Write a poem.", ["a", "b", "c", "d"], rows)
    assert found.ids == (0, 0, 1, 1)  # b is near a and c; a leads
    assert found.labels == ("a", "c")
    assert cluster("Write a poem.", list("abcd"), rows, threshold=0.99).ids == (0, 1, 2, 3)


def test_the_earlier_of_equal_majorities() -> None:
    assert cluster(CAPITAL, ["Sydney", "Canberra"]).majority == 0
    assert cluster(CAPITAL, ["Sydney", "Canberra", "Canberra"]).majority == 1


def test_open_text_needs_embeddings() -> None:
    with pytest.raises(UsageError, match="compared by embeddings"):
        cluster("Write a poem.", ["a", "b"])
