"""Every sampler leaves the Boltzmann distribution as it is, by statistics on independent chains.

Chains are started from exact samples and make one step: flows from state to state must balance, and
the states must still be Boltzmann's. Started at random, many steps later they must be, too.
"""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import chi2, chisquare

from qml.algorithms.samplers import State, Task, build
from qml.algorithms.samplers import uniform as uniform_module
from qml.algorithms.samplers.exact import Exact, indices, spins_of
from qml.algorithms.samplers.parallel_tempering import Options as Tempering
from qml.algorithms.samplers.parallel_tempering import temperatures

CHAINS = 20_000
LEAST = 1e-6
"""Chance of a false alarm of each test; seeds are fixed."""
REVERSIBLE = {
    "metropolis": {},
    "qemcmc": {},
    "quantum_inspired": {},
    "swendsen_wang": {"frustrated": True},
}


def kernel_of(name, target, options):
    if name == "uniform":
        return uniform_module.build(Task(target=target), uniform_module.Options(**options))
    return build(name, Task(target=target), options)


def exact_start(target, rng) -> State:
    exact = Exact.of(target)
    drawn = rng.choice(2**target.size, CHAINS, p=exact.probabilities)
    spins = spins_of(drawn, target.size)
    return State(spins, target.energies(spins))


def is_boltzmann(target, spins) -> float:
    """The p-value of the states against the exact distribution."""
    expected = Exact.of(target).probabilities * len(spins)
    seen = np.bincount(indices(spins), minlength=len(expected))
    rare = expected < 5
    if rare.any():
        expected = np.append(expected[~rare], expected[rare].sum())
        seen = np.append(seen[~rare], seen[rare].sum())
    return float(chisquare(seen, expected).pvalue)


def flows_balance(before, after, states) -> float:
    """The p-value of detailed balance: as many go from s to s' as from s' to s."""
    flows = np.zeros((states, states))
    np.add.at(flows, (indices(before), indices(after)), 1)
    upper = np.triu_indices(states, 1)
    there, back = flows[upper], flows.T[upper]
    enough = there + back >= 10
    statistic = ((there - back) ** 2 / np.maximum(1, there + back))[enough].sum()
    return float(chi2.sf(statistic, max(1, int(enough.sum()))))


@pytest.mark.parametrize("name", [*REVERSIBLE, "uniform"])
def test_one_step_keeps_the_distribution_and_balances_all_flows(name, reference):
    rng = np.random.default_rng(1)
    kernel = kernel_of(name, reference, REVERSIBLE.get(name, {}))
    start = exact_start(reference, rng)
    after, info = kernel.step(rng, start)
    assert is_boltzmann(reference, after.spins) > LEAST
    assert flows_balance(start.spins, after.spins, 16) > LEAST
    assert (after.spins != start.spins).any()
    assert info.evaluations >= CHAINS
    np.testing.assert_allclose(after.energies, reference.energies(after.spins))


@pytest.mark.parametrize("name", ["metropolis", "qemcmc", "quantum_inspired", "swendsen_wang"])
def test_random_starts_come_to_the_distribution(name, ferromagnet):
    rng = np.random.default_rng(2)
    kernel = kernel_of(name, ferromagnet, {})
    state = kernel.init(rng, 1000)
    for _ in range(40 if name == "qemcmc" else 30):
        state, _ = kernel.step(rng, state)
    assert is_boltzmann(ferromagnet, state.spins) > LEAST


@pytest.mark.parametrize("houdayer", [False, True])
def test_tempering_comes_to_the_distribution_at_every_temperature(houdayer, reference):
    rng = np.random.default_rng(3)
    options = {"replicas": 3, "houdayer": houdayer}
    kernel = kernel_of("parallel_tempering", reference, options)
    state = kernel.init(rng, CHAINS // 5)
    for _ in range(25):
        state, _ = kernel.step(rng, state)
    spins, energies = state.memory
    for k, temperature in enumerate(temperatures(reference, Tempering(**options))):
        there = replace(reference, temperature=float(temperature))
        alone = spins[k, ::2]  # the chains of a pair are not independent after an exchange
        assert is_boltzmann(there, alone) > LEAST, temperature
        np.testing.assert_allclose(energies[k], reference.energies(spins[k]))


def test_a_wrong_acceptance_would_be_found(reference):
    """The statistics above have teeth: half the temperature is not Boltzmann's."""
    rng = np.random.default_rng(4)
    kernel = kernel_of("metropolis", replace(reference, temperature=0.5), {})
    start = exact_start(reference, rng)
    after, _ = kernel.step(rng, start)
    assert is_boltzmann(reference, after.spins) < LEAST
    assert flows_balance(start.spins, after.spins, 16) < LEAST
