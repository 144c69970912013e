"""Shots: a small budget fails, a large one passes, and the noise is what sampling shows."""

import numpy as np
import pytest

from qml.tasks.test.checks import shots
from qml.tasks.test.states import states


def test_few_shots_fail_and_many_pass(make):
    assert shots.check(make("test.shots=2")).state == "failed"
    assert shots.check(make("test.shots=1000000")).state == "passed"


def test_an_exact_backend_is_told_what_would_be_enough(subject):
    found = shots.check(subject)
    assert found.state == "passed"
    assert found.readings[0].threshold is None
    assert found.readings[1].value >= 1


def test_enough_is_enough():
    margin, deviation = np.array([0.5, 0.1, 0.02]), np.ones(3)
    enough = shots.enough_shots(margin, deviation, 0.05, 1 / 3)
    assert np.mean(shots.flips(margin, deviation, enough) > 0.05) <= 1 / 3
    assert np.mean(shots.flips(margin, deviation, enough // 2) > 0.05) > 1 / 3


def test_the_deviation_is_that_of_samples(subject):
    psi = states(subject.circuits(subject.rows[:2], subject.params))
    margin, deviation = shots.margins(psi, subject)
    random = np.random.default_rng(0)
    observable = shots._diagonal(subject.model.circuit.observables[0], psi.shape[1])
    for row in range(2):
        drawn = random.choice(observable, 20_000, p=np.abs(psi[row]) ** 2)
        scale = 2 * abs(float(subject.params["scale"]))  # two logits of one observable
        assert deviation[row] == pytest.approx(scale * drawn.std(), rel=0.05)
        assert margin[row] >= 0
