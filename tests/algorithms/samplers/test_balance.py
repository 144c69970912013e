"""Detailed balance to 1e-12, by the transition matrices of the samplers' own pieces."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from qml.algorithms.samplers.exact import Exact, all_energies, all_spins, indices
from qml.algorithms.samplers.flips import sweep
from qml.algorithms.samplers.frustration import bonds_of
from qml.algorithms.samplers.mean_field import chances_of_up, log_chance
from qml.algorithms.samplers.parallel_tempering import swap
from qml.algorithms.samplers.quench import Quench, evolve, scale
from qml.algorithms.samplers.swendsen_wang import clusters
from qml.algorithms.samplers.transitions import (
    imbalance,
    instances,
    local,
    mean_field,
    metropolis_hastings,
    spectral_gap,
)


def quench_of(chains, mixing, steps, length) -> Quench:
    full = np.full(chains, 1.0)
    return Quench(mixing * full, np.full(chains, steps), length * full)


def trotter_proposal(target, mixing, steps, length):
    """|<s'|U|s>|^2 of the simulated circuit, all columns at once."""
    size = 2**target.size
    phases = scale(target) * all_energies(target)
    states = evolve(phases, np.arange(size), quench_of(size, mixing, steps, length))
    return np.abs(states) ** 2


def cluster_transition(target):
    """Swendsen and Wang, summed over all ways in which bonds can freeze."""
    bonds, n = bonds_of(target), target.size
    spins = all_spins(n)
    whole = np.concatenate([spins, np.ones((len(spins), 1), dtype=np.int8)], axis=1)
    satisfied = whole[:, bonds.one] * whole[:, bonds.other] * bonds.values < 0
    chance = -np.expm1(-2 * np.abs(bonds.values) / target.temperature)
    found = np.zeros((len(spins), len(spins)))
    for frozen in itertools.product([False, True], repeat=len(chance)):
        held = np.array(frozen)
        weight = np.where(held, satisfied * chance, 1 - satisfied * chance).prod(axis=1)
        labels = clusters(held[None], bonds, n + 1)[0]
        free = [c for c in np.unique(labels) if c != labels[n]]
        for turned in itertools.product([1, -1], repeat=len(free)):
            signs = np.ones(n, dtype=np.int8)
            for c, sign in zip(free, turned, strict=True):
                signs[labels[:n] == c] = sign
            np.add.at(
                found, (np.arange(len(spins)), indices(spins * signs)), weight / 2 ** len(free)
            )
    return found


@pytest.mark.parametrize("n", [4, 6])
def test_trotter_products_propose_symmetrically_whatever_their_error(n):
    ((_, target),) = instances(n, [n], 1)
    p = Exact.of(target).probabilities
    for mixing, steps, length in ((0.25, 1, 0.8), (0.4, 14, 0.8), (0.6, 3, 2.5)):
        proposal = trotter_proposal(target, mixing, steps, length)
        np.testing.assert_allclose(proposal.sum(axis=1), 1)
        assert np.abs(proposal - proposal.T).max() <= 1e-12
        assert imbalance(metropolis_hastings(target, proposal), p) <= 1e-12


def test_trotter_products_converge_to_the_quench(reference):
    from scipy.linalg import expm

    from qml.algorithms.samplers.transitions import hamiltonian

    exact = np.abs(expm(-1j * 3.0 * hamiltonian(reference, 0.4))) ** 2
    coarse, fine = (
        np.abs(trotter_proposal(reference, 0.4, k, 3.0 / k) - exact).max() for k in (30, 300)
    )
    assert fine < 1e-4 < coarse
    assert fine == pytest.approx(coarse / 100, rel=0.2), "of second order"


def test_chains_of_other_lengths_do_not_disturb_each_other(reference):
    phases = scale(reference) * all_energies(reference)
    mixed = Quench(np.array([0.3, 0.5, 0.4]), np.array([2, 9, 5]), np.array([0.7, 0.8, 0.9]))
    start = np.array([3, 12, 7])
    together = evolve(phases, start, mixed)
    for k in range(3):
        alone = evolve(phases, start[k : k + 1], Quench(*(part[k : k + 1] for part in mixed)))
        np.testing.assert_allclose(together[k], alone[0], atol=1e-12)


@pytest.mark.parametrize("n", [4, 5])
def test_mean_field_proposals_are_accepted_with_the_exact_ratio(n):
    ((_, target),) = instances(n, [n], 1)
    p = Exact.of(target).probabilities
    proposal = mean_field(target, 0.5, 4.0)
    np.testing.assert_allclose(proposal.sum(axis=1), 1)
    spins = all_spins(n)
    up = chances_of_up(target, spins[3:4], quench_of(1, 0.5, 5, 0.8))
    chances = np.exp(log_chance(np.tile(up, (len(spins), 1)), spins))
    np.testing.assert_allclose(proposal[3], chances), "the matrix is that of the sampler's chances"
    assert np.abs(proposal - proposal.T).max() > 1e-3, "it is not symmetric by itself"
    transition = metropolis_hastings(target, proposal)
    assert imbalance(transition, p) <= 1e-12
    assert spectral_gap(transition, p) > 0


def test_cluster_flips_balance_with_and_without_frustration(reference, ferromagnet):
    for target in (reference, ferromagnet):
        transition, p = cluster_transition(target), Exact.of(target).probabilities
        np.testing.assert_allclose(transition.sum(axis=1), 1)
        assert imbalance(transition, p) <= 1e-12


def test_clusters_win_over_single_flips_where_couplings_are_strong(ferromagnet):
    target = replace(ferromagnet, couplings=6 * ferromagnet.couplings, fields=np.zeros(4))
    p = Exact.of(target).probabilities
    flips = spectral_gap(metropolis_hastings(target, local(4)), p)
    assert spectral_gap(cluster_transition(target), p) > 100 * flips


class Fixed:
    """Random numbers that a test decides: one site, one exponential variate for each chain."""

    def __init__(self, site: int, variates: np.ndarray) -> None:
        self._site, self._variates = site, variates

    def integers(self, low: int, high: int, size=None):
        del low, high
        return self._site if size is None else np.full(size, self._site)

    def exponential(self, size):
        return self._variates.reshape(size)


def test_a_flip_is_accepted_exactly_where_metropolis_says(reference):
    """dE <= T x with x exponential is accepted with min(1, exp(-dE/T)): the threshold is exact."""
    spins, temperatures = all_spins(4), np.full(16, 0.7)
    found = np.zeros((16, 16))
    for i in range(4):
        flipped = spins.copy()
        flipped[:, i] *= -1
        cost = (reference.energies(flipped) - reference.energies(spins)) / 0.7
        for side, moves in ((1e-9, True), (-1e-9, cost <= 0)):
            rng = Fixed(i, np.maximum(0.0, cost + side))
            after = sweep(reference, rng, spins, temperatures, 1)
            np.testing.assert_array_equal((after.spins != spins).any(axis=1), moves)
        found[np.arange(16), indices(flipped)] += np.exp(-np.maximum(0, cost)) / 4
    found[np.arange(16), np.arange(16)] = 1 - found.sum(axis=1)
    cold = replace(reference, temperature=0.7)
    p = Exact.of(cold).probabilities
    np.testing.assert_allclose(found, metropolis_hastings(cold, local(4)), atol=1e-12)
    assert imbalance(found, p) <= 1e-12
    assert imbalance(np.linalg.matrix_power(found, 4), p) <= 1e-12, "a sweep balances as a whole"


def test_a_swap_of_replicas_balances_the_joint_distribution(reference):
    ladder = np.array([0.8, 2.5])
    spins = np.array([[a, b] for a in all_spins(4) for b in all_spins(4)]).transpose(1, 0, 2)
    energies = np.array([reference.energies(s) for s in spins])
    cost = -(1 / ladder[0] - 1 / ladder[1]) * (energies[0] - energies[1])
    for side, moves in ((1e-9, True), (-1e-9, cost <= 0)):
        rng = Fixed(0, np.maximum(0.0, cost + side))
        after, moved = swap(rng, spins, energies, ladder)
        swapped = (after[0] == spins[1]).all(axis=1) & (after[1] == spins[0]).all(axis=1)
        same = (spins[0] == spins[1]).all(axis=1)
        np.testing.assert_array_equal(swapped | same, np.broadcast_to(moves, 256) | same)
        np.testing.assert_allclose(moved, [reference.energies(s) for s in after])
    one, other = indices(spins[0]), indices(spins[1])
    found = np.zeros((256, 256))
    np.add.at(found, (np.arange(256), other * 16 + one), np.exp(-np.maximum(0, cost)))
    np.add.at(found, (np.arange(256), np.arange(256)), 1 - np.exp(-np.maximum(0, cost)))
    joint = np.prod(
        [
            Exact.of(replace(reference, temperature=float(t))).probabilities[i]
            for t, i in zip(ladder, (one, other), strict=True)
        ],
        axis=0,
    )
    assert imbalance(found, joint) <= 1e-12
