"""What samplers accept, refuse, count and return."""

from dataclasses import replace

import numpy as np
import pytest

from qml.algorithms.samplers import Task, build, read_options
from qml.algorithms.samplers.frustration import is_frustrated
from qml.algorithms.samplers.houdayer import exchange_clusters
from qml.algorithms.samplers.parallel_tempering import Options as Tempering
from qml.algorithms.samplers.parallel_tempering import temperatures
from qml.algorithms.samplers.transitions import random_target
from qml.errors import ConfigError, PlanError, PluginError
from qml.plugins import names

ALL = ("metropolis", "parallel_tempering", "qemcmc", "quantum_inspired", "swendsen_wang")


def test_the_registered_samplers():
    assert set(ALL) <= set(names("samplers"))


@pytest.mark.parametrize("name", ALL)
def test_kernels_keep_shapes_types_and_energies(name, ferromagnet):
    kernel = build(name, Task(target=ferromagnet))
    rng = np.random.default_rng(0)
    state = kernel.init(rng, 3)
    for _ in range(4):
        before = state.spins.copy()
        after, info = kernel.step(rng, state)
        np.testing.assert_array_equal(state.spins, before), "a step changes nothing in place"
        state = after
        assert state.spins.shape == (3, 4)
        assert state.spins.dtype == np.int8
        assert set(np.unique(state.spins)) <= {-1, 1}
        np.testing.assert_allclose(state.energies, ferromagnet.energies(state.spins))
        assert 0 <= info.accepted <= info.proposed
        assert info.evaluations >= 3


@pytest.mark.parametrize("name", ALL)
def test_the_same_seed_gives_the_same_chain(name, ferromagnet):
    def run():
        kernel, rng = build(name, Task(target=ferromagnet)), np.random.default_rng(7)
        state = kernel.init(rng, 4)
        for _ in range(5):
            state, _ = kernel.step(rng, state)
        return state.spins

    np.testing.assert_array_equal(run(), run())


@pytest.mark.parametrize(
    "name, evaluations",
    [("metropolis", 4), ("parallel_tempering", 32), ("swendsen_wang", 4), ("qemcmc", 1)],
)
def test_evaluations_of_a_step(name, evaluations, ferromagnet):
    kernel, rng = build(name, Task(target=ferromagnet)), np.random.default_rng(0)
    _, info = kernel.step(rng, kernel.init(rng, 10))
    assert info.evaluations == 10 * evaluations


@pytest.mark.parametrize("n", [1, 2])
@pytest.mark.parametrize("name", ALL)
def test_the_smallest_problems(name, n):
    target = random_target(np.random.default_rng(0), n)
    target = replace(target, couplings=-np.abs(target.couplings), fields=np.zeros(n))
    kernel, rng = build(name, Task(target=target)), np.random.default_rng(0)
    state, _ = kernel.step(rng, kernel.init(rng, 2))
    assert state.spins.shape == (2, n)


def test_frustration(reference, ferromagnet):
    assert is_frustrated(reference)
    assert not is_frustrated(ferromagnet)
    turned = np.array([1, -1, 1, 1])
    gauged = replace(
        ferromagnet,
        couplings=ferromagnet.couplings * np.outer(turned, turned),
        fields=ferromagnet.fields * turned,
    )
    assert not is_frustrated(gauged), "turning a spin round frustrates nothing"
    assert is_frustrated(replace(ferromagnet, fields=np.array([0.3, 0.2, 0.0, 0.0])))
    triangle = np.zeros((4, 4))
    for i, j in ((0, 1), (1, 2), (0, 2)):
        triangle[i, j] = triangle[j, i] = 1.0
    assert is_frustrated(replace(ferromagnet, couplings=triangle, fields=np.zeros(4)))


def test_clusters_are_refused_on_frustrated_couplings(reference):
    with pytest.raises(PlanError, match="frustrated") as found:
        build("swendsen_wang", Task(target=reference))
    assert "parallel_tempering" in found.value.hint
    assert build("swendsen_wang", Task(target=reference), {"frustrated": True})


def test_the_ladder_begins_at_the_temperature_of_the_target(reference):
    ladder = temperatures(reference, Tempering(replicas=5))
    assert ladder[0] == pytest.approx(reference.temperature)
    assert ladder[-1] == pytest.approx(3.5), "the largest pull on a spin"
    np.testing.assert_allclose(ladder[1:] / ladder[:-1], ladder[1] / ladder[0])
    cold = temperatures(reference, Tempering(replicas=2, hottest=0.5))
    assert cold[-1] == 2 * reference.temperature


def test_an_exchange_of_clusters_keeps_the_energy_of_the_pair():
    rng = np.random.default_rng(0)
    target = random_target(rng, 12)
    sparse = np.triu(rng.random((12, 12)) < 0.2, 1)
    target = replace(target, couplings=target.couplings * (sparse + sparse.T))
    spins = (1 - 2 * rng.integers(0, 2, (3, 7, 12))).astype(np.int8)
    found = exchange_clusters(target, rng, spins)
    before, after = (target.energies(s.reshape(-1, 12)).reshape(3, 7) for s in (spins, found))
    pairs = before[:, :6].reshape(3, 3, 2).sum(axis=2)
    np.testing.assert_allclose(after[:, :6].reshape(3, 3, 2).sum(axis=2), pairs)
    assert not np.allclose(after, before)
    np.testing.assert_array_equal(found[:, 6], spins[:, 6]), "the odd one has no partner"
    np.testing.assert_array_equal(
        found[:, ::2][:, :3] + found[:, 1::2], spins[:, ::2][:, :3] + spins[:, 1::2]
    )


@pytest.mark.parametrize(
    "name, table, message",
    [
        ("qemcmc", {"mixing": [0.6, 0.2]}, "lower one first"),
        ("qemcmc", {"time": [0.0, 2.0]}, "positive"),
        ("qemcmc", {"speed": 1}, "option `speed` of sampler `qemcmc`"),
        ("quantum_inspired", {"step": 0}, "greater than 0"),
        ("parallel_tempering", {"replicas": 1}, "greater than or equal to 2"),
        ("metropolis", {"sweeps": 0}, "greater than or equal to 1"),
    ],
)
def test_options_out_of_range(name, table, message):
    with pytest.raises(ConfigError, match=message):
        read_options(name, table)


def test_unknown_sampler(reference):
    with pytest.raises(PluginError, match="unknown sampler `gibbs`"):
        build("gibbs", Task(target=reference))
