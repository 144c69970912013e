"""IQP circuits: the classical formula, the fast transform and the circuit are one thing."""

import jax
import numpy as np
import pytest

from qml import engine
from qml.algorithms.generators import iqp
from qml.algorithms.generators.interactions import first_angles, interactions
from qml.config.sections import GeneratorSection, ModelSection
from qml.errors import PlanError
from qml.results import mmd


@pytest.fixture(autouse=True)
def double():
    engine.setup(precision="float64")


def strings(bits):
    return ((np.arange(2**bits)[:, None] >> np.arange(bits - 1, -1, -1)) & 1).astype(np.int8)


def test_the_worked_numbers():
    gates = np.array([[0, 1], [1, 0], [1, 1]], dtype=np.int8)
    angles = [0.3, 0.5, 0.7]
    found = iqp.expectation(angles, gates, gates, strings(2))
    assert found == pytest.approx([0.140280, 0.091834, 0.445931], abs=1e-6)
    p = iqp.probabilities(angles, gates)
    assert p == pytest.approx([0.419511, 0.126406, 0.150629, 0.303454], abs=1e-6)
    assert mmd.mmd2(p, np.full(4, 0.25), [1.0]) == pytest.approx(0.012139, abs=1e-6)


@pytest.mark.parametrize("locality", [2, 4])
def test_the_formula_is_the_state_vector_for_every_operator(locality):
    gates = interactions(5, locality)
    angles = np.random.default_rng(0).uniform(-np.pi, np.pi, len(gates))
    state = engine.probabilities([iqp.circuit(angles, gates)], precision="float64")[0]
    exact = mmd.walsh(state)
    formula = iqp.expectation(angles, gates, strings(5), strings(5))
    assert np.abs(formula - exact).max() < 1e-12
    assert np.abs(iqp.probabilities(angles, gates) - state).max() < 1e-12


def test_gates_of_one_and_two_bits_need_no_ladder():
    gates = interactions(4, 2)
    circuit = iqp.circuit(np.full(len(gates), 0.1), gates)
    assert {g.name for g in circuit.gates} == {"h", "rz", "rzz"}
    assert len(circuit.gates) == 8 + 4 + 6
    assert len(iqp.circuit(np.zeros(len(gates)), gates).gates) == 8


def test_drawn_parities_are_unbiased():
    model = iqp.build(ModelSection(kind="iqp"), 5)
    gates = interactions(5, 2)
    params = {"angles": np.random.default_rng(1).normal(size=len(gates))}
    exact = iqp.expectation(params["angles"], gates, strings(5), strings(5))
    found = [model.parities(params, strings(5), seed) for seed in range(40)]
    mean = np.mean([f.mean for f in found], axis=0)
    square = np.mean([f.square for f in found], axis=0)
    assert np.abs(mean - exact).max() < 0.02
    assert np.abs(square - exact**2).max() < 0.02


def test_the_first_angles_have_the_means_of_the_data():
    rows = (np.random.default_rng(0).random((500, 4)) < [0.1, 0.9, 0.5, 0.0]).astype(float)
    gates = interactions(4, 3)
    section = GeneratorSection(spread=0.0)
    angles = first_angles(section, gates, rows, 0)["angles"]
    assert np.sin(angles[:4]) ** 2 == pytest.approx(rows.mean(axis=0), abs=1e-12)
    assert np.count_nonzero(angles[gates.sum(axis=1) == 3]) == 0


@pytest.mark.long
def test_drawn_and_exact_losses_agree_in_the_mean():
    rows = (np.random.default_rng(0).random((400, 5)) < 0.3).astype(np.float64)
    mask = np.ones(400)
    section = ModelSection(kind="iqp")
    exact = iqp.build(section, 5)
    some = section.generator.model_copy(update={"operators": 256, "strings": 256})
    drawn = iqp.build(section.model_copy(update={"generator": some}), 5)
    params = exact.init(rows, 3)
    params["angles"] = params["angles"] + 0.3
    whole = exact.look(params, (), rows, mask, jax.random.key(0))
    look = jax.jit(lambda k: drawn.look(params, (), rows, mask, k))
    looks = [look(jax.random.key(i)) for i in range(60)]
    losses = np.array([x.loss for x in looks])
    assert abs(losses.mean() - whole.loss) < 4 * losses.std() / np.sqrt(60)
    slopes = np.mean([x.gradient["angles"] for x in looks], axis=0)
    assert np.abs(slopes - whole.gradient["angles"]).max() < 0.03


def test_too_many_gates_are_refused():
    with pytest.raises(PlanError, match="gates act on at most 6"):
        interactions(100, 6)
