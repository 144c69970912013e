"""The circuit as a machine shows it: all statistical tests together fail by chance once in 1e6.

Fixtures, marker and assertions come with qml: `pytest --qml-backend qsim --qml-noise forte-1`.
"""

import math
from functools import partial

import numpy as np
import pytest
from qml.testing import assert_distribution, assert_expectation

from model import circuit

# PennyLane uses calls that JAX has marked for removal.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
STILL = np.zeros((1, 2, 3))


def test_the_first_coordinate_turns_the_first_qubit(qml_backend):
    assert_expectation(partial(circuit, np.array([0.0, 0.7]), STILL), math.cos(0.7))


def test_noise_leaves_the_answer_standing(qml_noise):
    found = partial(circuit, np.array([math.pi, 0.0]), STILL)
    flipped = np.array([0.0, 1.0, 0.0, 0.0])  # the CNOTs move the flip to the second qubit
    assert_distribution(
        found,
        flipped,
        tolerance=qml_noise.distance(found) + 0.005,
        backend=qml_noise.backend,
    )
