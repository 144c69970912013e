"""The classical rivals: what they say of themselves is what they draw."""

import jax
import numpy as np
import pytest

from qml import engine
from qml.algorithms.generators import bitflip, rbm
from qml.algorithms.generators.interactions import interactions
from qml.config.sections import ModelSection
from qml.results import mmd


@pytest.fixture(autouse=True)
def double():
    engine.setup(precision="float64")


def strings(bits):
    return ((np.arange(2**bits)[:, None] >> np.arange(bits - 1, -1, -1)) & 1).astype(np.int8)


def test_bit_flips_are_the_convolution_of_their_gates():
    gates = interactions(4, 3)
    angles = np.random.default_rng(0).normal(size=len(gates))
    p = np.zeros(16)
    p[0] = 1.0
    for angle, place in zip(angles, mmd.indices(gates), strict=True):
        flip = np.sin(angle) ** 2
        p = (1 - flip) * p + flip * p[np.arange(16) ^ place]
    assert np.abs(bitflip.probabilities(angles, gates) - p).max() < 1e-12
    exact = bitflip.expectation(angles, gates, strings(4))
    assert np.abs(exact - mmd.walsh(p)).max() < 1e-12


def test_bit_flips_draw_from_their_distribution():
    gates = interactions(4, 2)
    angles = np.random.default_rng(1).normal(size=len(gates))
    rows = bitflip.draw(angles, gates, 40_000, 0)
    found = mmd.against_rows(bitflip.probabilities(angles, gates), rows, [1.0])
    assert abs(found.value) < 4 * found.error


@pytest.mark.long
def test_both_losses_of_bit_flips_agree():
    rows = (np.random.default_rng(0).random((300, 5)) < 0.3).astype(np.float64)
    mask = np.ones(300)
    section = ModelSection(kind="bitflip")
    exact = bitflip.build(section, 5)
    many = section.generator.model_copy(update={"operators": 6_000})
    drawn = bitflip.build(section.model_copy(update={"generator": many}), 5)
    params = {k: v + 0.5 for k, v in exact.init(rows, 0).items()}
    a = exact.look(params, (), rows, mask, jax.random.key(0))
    b = drawn.look(params, (), rows, mask, jax.random.key(1))
    assert float(a.loss) == pytest.approx(float(b.loss), rel=0.1)
    assert np.abs(a.gradient["angles"] - b.gradient["angles"]).max() < 0.03


def machine(seed=0, bits=5, hidden=7):
    random = np.random.default_rng(seed)
    return {
        "weights": random.normal(size=(bits, hidden)),
        "visible_bias": random.normal(size=bits),
        "hidden_bias": random.normal(size=hidden),
    }


def test_the_machines_distribution_sums_out_the_hidden_units():
    params = machine(hidden=4)
    energy = np.zeros(32)
    for v, bits in enumerate(strings(5)):
        for h in strings(4):
            energy[v] += np.exp(
                bits @ params["weights"] @ h
                + bits @ params["visible_bias"]
                + h @ params["hidden_bias"]
            )
    assert rbm.probabilities(params, 5) == pytest.approx(energy / energy.sum(), abs=1e-12)


def test_the_machine_draws_from_its_distribution():
    model = rbm.build(ModelSection(kind="rbm", generator={"burn_in": 200}), 5)
    params = machine()
    found = mmd.against_rows(rbm.probabilities(params, 5), model.draw(params, 4_000, 0), [1.0])
    assert abs(found.value) < 4 * found.error


@pytest.mark.long
def test_the_machines_gradient_is_that_of_the_likelihood():
    """With chains that are exact samples, the contrast of free energies is unbiased."""
    section = ModelSection(kind="rbm")
    long = section.generator.model_copy(update={"chains": 20_000, "gibbs": 3})
    model = rbm.build(section.model_copy(update={"generator": long}), 4)
    params = machine(bits=4, hidden=3)
    rows = (np.random.default_rng(0).random((500, 4)) < 0.4).astype(np.float64)
    p = rbm.probabilities(params, 4)
    chains = strings(4)[np.random.default_rng(1).choice(16, 20_000, p=p)].astype(np.float64)
    look = model.look(params, chains, rows, np.ones(500), jax.random.key(0))

    def likelihood(q):
        everything = strings(4).astype(np.float64)
        total = jax.scipy.special.logsumexp(-rbm.free_energy(q, everything))
        return rbm.free_energy(q, rows).mean() + total

    exact = jax.grad(likelihood)(params)
    for name, slope in exact.items():
        assert np.abs(slope - look.gradient[name]).max() < 0.02, name
