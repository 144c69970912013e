"""Programs against published overlaps, and their derivatives against others' ways to them."""

import jax.numpy as jnp
import numpy as np
import pytest

from qml.algorithms.solvers.qaoa.labs import labs_energies, transferred_schedule
from qml.engine.diagonal import (
    DiagonalProgram,
    GroverMixer,
    PairMixer,
    bits_of,
    cvar,
    product_start,
    x_mixer,
)
from qml.engine.diagonal.pairs import exchange_partners
from qml.errors import CircuitError

PUBLISHED = [  # Shaydulin et al. 2024: spins, gammas, betas, chance of all optima
    (6, [0.509090], [-0.871432], 0.915267),
    (8, [1.096300], [-0.241447], 0.188123),
    (10, [0.078814], [-0.189960], 0.127219),
    (10, [0.068965, 0.151192], [-0.196643, -0.132857], 0.196232),
    (12, [0.074833], [-0.202433], 0.024618),
    (14, [0.044442, 0.100048], [-0.213464, -0.160132], 0.054922),
]
TRANSFERRED = {10: 0.228536, 11: 0.191836, 12: 0.173559, 14: 0.204822}
LARGER = {16: 0.043194, 18: 0.038799}


def _labs(spins, precision="float64"):
    energies = labs_energies(spins)
    mixer, start = x_mixer(spins, precision), product_start(spins)
    return energies, DiagonalProgram.of(energies / 2, mixer, start, precision=precision)


def _overlap(spins, gammas, betas, precision="float64"):
    energies, program = _labs(spins, precision)
    return program.probabilities(gammas, betas)[energies == energies.min()].sum()


@pytest.mark.parametrize(("spins", "gammas", "betas", "overlap"), PUBLISHED)
def test_published_overlaps(double, spins, gammas, betas, overlap):
    assert _overlap(spins, gammas, betas) == pytest.approx(overlap, abs=1e-6)


SOME = [
    pytest.param(*case, marks=pytest.mark.long if case[0] in (11, 12) else ())
    for case in TRANSFERRED.items()
]


@pytest.mark.parametrize(("spins", "overlap"), SOME)
def test_the_transferred_schedule(double, spins, overlap):
    assert _overlap(spins, *transferred_schedule(spins)) == pytest.approx(overlap, abs=1e-6)


SINGLE = [(14, 0.204822), *(pytest.param(*c, marks=pytest.mark.long) for c in LARGER.items())]


@pytest.mark.parametrize(("spins", "overlap"), SINGLE)
def test_single_precision_is_enough(spins, overlap):
    found = _overlap(spins, *transferred_schedule(spins), "float32")
    assert found == pytest.approx(overlap, abs=1e-5)


def _mixers():
    samples = bits_of(np.arange(32), 5)
    partners = jnp.asarray(exchange_partners(samples, [(0, 1), (2, 3), (3, 4)], flips=[1]))
    return [x_mixer(5, "float64"), GroverMixer(), PairMixer(partners=partners)]


@pytest.mark.parametrize("number", [0, *(pytest.param(i, marks=pytest.mark.long) for i in (1, 2))])
def test_derivatives_are_the_slopes_of_the_value(double, number):
    rng = np.random.default_rng(number)
    costs, start = rng.normal(size=(2, 32))
    start /= np.linalg.norm(start)
    program = DiagonalProgram.of(costs, _mixers()[number], start, precision="float64")
    goal, angles = cvar(costs, 0.3, "float64"), rng.normal(size=(2, 3))
    chances = program.probabilities(*angles)
    value, *found = program.value_and_gradient(*angles, goal)
    assert value == pytest.approx(float(goal(jnp.asarray(chances))), abs=1e-12)

    def slope(place):
        step = np.zeros((2, 3))
        step.flat[place] = 1e-5
        up, down = (program.value_and_gradient(*(angles + s), goal)[0] for s in (step, -step))
        return (up - down) / 2e-5

    assert np.ravel(found) == pytest.approx([slope(place) for place in range(6)], abs=1e-7)


def test_amplitudes_and_probabilities_agree(double):
    _, program = _labs(5)
    state = program.state([0.2, 0.3], [-0.3, -0.2])
    assert np.linalg.norm(state) == pytest.approx(1, abs=1e-12)
    assert np.allclose(np.abs(state) ** 2, program.probabilities([0.2, 0.3], [-0.3, -0.2]))


def test_double_precision_must_be_set_up():
    with pytest.raises(CircuitError, match="float64"):
        _labs(3)
