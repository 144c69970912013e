import numpy as np
import pytest

from qml.testing.assertions.hints import explain
from qml.testing.assertions.histogram import histogram

RIGHT = np.array([0.4, 0.25, 0.15, 0.1, 0.05, 0.03, 0.02, 0.0])
CUBE = RIGHT.reshape(2, 2, 2)


@pytest.mark.parametrize(
    "found, words",
    [
        (CUBE.transpose(2, 1, 0).reshape(-1), "bit order reversed"),
        (CUBE.transpose(1, 0, 2).reshape(-1), "wires in the order 1, 0, 2"),
        (np.flip(CUBE, 1).reshape(-1), "bit of wire 1 flipped"),
        (np.flip(RIGHT), "every bit flipped"),
        (np.roll(RIGHT, 1), "index moved by -1"),
    ],
)
def test_mistakes_are_named(found, words):
    assert words in explain(RIGHT, found, 100_000, 0.0)


def test_no_mistake_is_made_up():
    assert explain(RIGHT, np.full(8, 1 / 8), 100_000, 0.0) is None
    assert explain(RIGHT, RIGHT, 100_000, 0.0) is None


def test_the_histogram_begins_with_the_largest_difference():
    text = histogram(np.array([0.5, 0.5, 0.0, 0.0]), np.array([0.25, 0.5, 0.25, 0.0]))
    assert text.splitlines() == [
        "outcome   expected      found  difference",
        "00          0.5000     0.2500     -0.2500  ############............",
        "10          0.0000     0.2500     +0.2500  ++++++++++++",
        "01          0.5000     0.5000     +0.0000  ########################",
    ]


def test_a_long_histogram_says_what_it_hides():
    assert histogram(np.full(16, 1 / 16), np.eye(16)[0]).endswith("... and 8 more")
