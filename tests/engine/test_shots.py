"""Samples follow the state, wire 0 first."""

import numpy as np
from scipy.stats import chisquare

from qml.circuits import Circuit, Gate
from qml.engine import probabilities, sample


def _circuit(angle):
    return Circuit.of(
        2, [Gate("ry", (0,), (angle,)), Gate("cnot", (0, 1)), Gate("ry", (1,), (0.7,))]
    )


def test_wire_0_is_the_first_character():
    (counts,) = sample([Circuit.of(3, [Gate("x", (0,))])], shots=10, seed=0)
    assert counts.tally == {"100": 10}


def test_frequencies_follow_the_probabilities():
    circuit = _circuit(1.1)
    (counts,) = sample([circuit], shots=20_000, seed=3)
    expected = probabilities([circuit])[0] * 20_000
    assert counts.shots == 20_000
    assert chisquare(counts.probabilities() * 20_000, expected).pvalue > 1e-3


def test_seeds_repeat_and_differ():
    circuits = [_circuit(0.4), _circuit(0.4)]
    first = sample(circuits, shots=1000, seed=5)
    assert first == sample(circuits, shots=1000, seed=5)
    assert first[0] != first[1]
    assert first != sample(circuits, shots=1000, seed=6)


def test_a_circuit_does_not_depend_on_its_neighbours():
    other = Circuit.of(2, [Gate("h", (0,)), Gate("h", (1,))])
    assert (
        sample([_circuit(0.4), other], shots=100, seed=1)[0]
        == (sample([_circuit(0.4)], shots=100, seed=1)[0])
    )


def test_no_circuits():
    assert np.array_equal(sample([], shots=10, seed=0), [])
