"""Spectral gaps against published and recomputed numbers."""

import numpy as np
import pytest

from qml.algorithms.samplers.exact import Exact, all_spins
from qml.algorithms.samplers.quench import scale
from qml.algorithms.samplers.transitions import (
    exponent,
    imbalance,
    instances,
    local,
    long_time,
    metropolis_hastings,
    quantum,
    spectral_gap,
    uniform,
)

GAPS = {
    "local": (0.0731, 0.0342, 0.0189, 0.0093, 0.0035),
    "uniform": (0.1161, 0.0627, 0.0357, 0.0156, 0.0085),
    "quantum": (0.1157, 0.1154, 0.0917, 0.0666, 0.0634),
}
"""Mean gaps of 30 random instances at T = 1, n = 4 to 8."""


def proposals(target):
    return {
        "local": local(target.size),
        "uniform": uniform(target.size),
        "quantum": quantum(target),
    }


def gaps_of(sizes):
    found = {name: {n: [] for n in sizes} for name in GAPS}
    for n, target in instances(0, sizes, 30):
        p = Exact.of(target).probabilities
        for name, proposal in proposals(target).items():
            transition = metropolis_hastings(target, proposal)
            assert imbalance(transition, p) <= 1e-12
            found[name][n].append(spectral_gap(transition, p))
    return {name: [float(np.mean(g)) for g in by.values()] for name, by in found.items()}


def test_reference_instance(reference):
    exact = Exact.of(reference)
    assert exact.energies.min() == -3.5
    assert all_spins(4)[exact.energies.argmin()].tolist() == [1, 1, -1, -1]
    assert scale(reference) == pytest.approx(0.792118, abs=1e-6)
    wanted = {"local": 0.062746, "uniform": 0.144904, "quantum": 0.163293}
    found = {**proposals(reference), "long time": long_time(reference, 0.4)}
    for name, value in {**wanted, "long time": 0.139874}.items():
        transition = metropolis_hastings(reference, found[name])
        assert spectral_gap(transition, exact.probabilities) == pytest.approx(value, abs=1e-6), name
        assert imbalance(transition, exact.probabilities) <= 1e-12
        np.testing.assert_allclose(found[name].sum(axis=1), 1)
        np.testing.assert_allclose(found[name], found[name].T, atol=1e-12)


def test_long_time_is_the_mean_over_many_times(reference):
    times = np.random.default_rng(0).uniform(100, 10_000, 1000)
    np.testing.assert_allclose(
        quantum(reference, (0.4,), times), long_time(reference, 0.4), atol=0.02
    )


def test_mean_gaps_of_small_instances():
    found = gaps_of(range(4, 7))
    for name, values in found.items():
        assert values == pytest.approx(GAPS[name][:3], abs=1e-3), name


@pytest.mark.long
def test_the_quantum_gap_closes_more_slowly():
    sizes = range(4, 9)
    found = gaps_of(sizes)
    for name, values in found.items():
        assert values == pytest.approx(GAPS[name], abs=1e-3), name
    assert 0.18 <= exponent(sizes, found["quantum"]) <= 0.34
    assert 0.88 <= exponent(sizes, found["uniform"]) <= 1.04
    assert found["quantum"][-1] >= 4 * found["uniform"][-1]


def test_an_exponent_is_recovered():
    assert exponent(range(4, 9), [3 * 2 ** (-0.7 * n) for n in range(4, 9)]) == pytest.approx(0.7)
