"""Noise: a sturdy model passes, one that a noisy machine ruins fails; intervals are paired."""

import numpy as np
import pytest

from qml.backends.noise import PUBLISHED, Rates
from qml.tasks.test.checks import noise
from qml.tasks.test.skipped import SkippedError


def test_a_sturdy_model_passes(make):
    found = noise.check(make("test.noise=['forte-1']", "test.noise_loss=0.2"))
    assert found.state == "passed"
    curve = found.facts["accuracy"]["forte-1"]
    assert list(curve) == ["0", "0.5", "1", "2", "4"]
    assert found.tests == 1


@pytest.mark.long
def test_a_ruined_model_fails(make, monkeypatch):
    one = make("test.noise=['aria-1']", share=0.2)
    rows = one.work.data.test
    # the answers of the noiseless model are the truth here, and balanced
    right = one.answers(one.params, rows.features)
    monkeypatch.setitem(PUBLISHED, "aria-1", Rates(one_qubit=0.9, two_qubit=0.9))
    rows.labels[:] = right
    assert 0 < right.mean() < 1
    found = noise.check(one)
    assert found.state in {"warned", "failed"}
    assert found.advice


def test_no_noise_model_is_skipped(make):
    with pytest.raises(SkippedError):
        noise.check(make("test.noise=[]"))


def test_the_interval_is_that_of_bonett_and_price():
    clean = np.array([True] * 90 + [False] * 10)
    noisy = np.array([True] * 70 + [False] * 20 + [True] * 5 + [False] * 5)
    low, high = noise.interval(clean, noisy, 0.05)
    middle = (20 - 5) / 102
    reach = 1.959964 * (((21 + 6) / 102 - middle**2) / 102) ** 0.5
    assert (low, high) == pytest.approx((middle - reach, middle + reach))


def test_a_loss_that_is_sure_fails():
    reading = noise._reading("x", (0.3, 0.1, 0.5), 0.05)
    assert reading.state == "failed"
    assert noise._reading("x", (0.1, -0.1, 0.3), 0.05).state == "warned"
    assert noise._reading("x", (0.04, -0.1, 0.2), 0.05).state == "passed"
