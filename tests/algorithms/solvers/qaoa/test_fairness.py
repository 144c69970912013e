"""Ties: the bias of slow ramps, and its two remedies."""

import numpy as np
import pytest
from algorithms.solvers.qaoa.instances import five_spins

from qml.algorithms.solvers.qaoa.ansatz import build
from qml.algorithms.solvers.qaoa.choice import initial_angles
from qml.algorithms.solvers.qaoa.fairness import metropolis, optima, unfairness, weak_field_limit
from qml.algorithms.solvers.qaoa.options import Options
from qml.errors import DataError


def _distribution(**table):
    options, problem = Options(**table), five_spins()
    ansatz = build(problem, options)
    return ansatz.program.probabilities(*initial_angles(problem, options, options.mixer)), ansatz


def test_six_ground_states():
    _, ansatz = _distribution(mixer="x")
    reversed_bits = [int(f"{i:05b}"[::-1], 2) for i in optima(ansatz.costs)]
    assert ansatz.costs.min() == -4
    assert sorted(reversed_bits) == [2, 6, 8, 23, 25, 29]


def test_an_infinitely_slow_anneal_misses_two_of_six():
    _, ansatz = _distribution(mixer="x")
    limit = weak_field_limit(ansatz.costs)
    assert sorted(limit[optima(ansatz.costs)]) == pytest.approx([0, 0, 0.25, 0.25, 0.25, 0.25])
    assert unfairness(limit, ansatz.costs) == pytest.approx(1 / 3, abs=1e-9)


def test_more_layers_of_the_x_mixer_are_less_fair():
    few, ansatz = _distribution(mixer="x", layers=5)
    many, _ = _distribution(mixer="x", layers=300)
    assert unfairness(few, ansatz.costs) < 0.1
    assert 0.28 < unfairness(many, ansatz.costs) < 1 / 3


@pytest.mark.parametrize("layers", [1, 4])
def test_the_grover_mixer_is_fair_at_any_angles(layers):
    chances, ansatz = _distribution(mixer="grover", layers=layers)
    assert unfairness(chances, ansatz.costs) <= 1e-6


def test_a_metropolis_chain_corrects_the_samples():
    chances, ansatz = _distribution(mixer="x", layers=20)
    before = unfairness(chances, ansatz.costs)
    visits = metropolis(chances, ansatz.costs, temperature=0.5, steps=40_000, seed=0)
    assert visits.sum() == 40_000
    assert unfairness(visits, ansatz.costs) <= 0.02 < before
    boltzmann = np.exp(-ansatz.costs / 0.5)
    assert np.abs(visits / 40_000 - boltzmann / boltzmann.sum()).sum() / 2 < 0.02


def test_nothing_is_said_of_ties_that_nobody_saw():
    with pytest.raises(DataError, match="no optimum"):
        unfairness(np.array([0.0, 1.0]), np.array([-1.0, 0.0]))
