"""Concentration, surrogates, entanglement and magic on states that are known."""

import numpy as np
import pytest

from qml import engine
from qml.benchmarking.screen import magic
from qml.benchmarking.screen.concentration import MOST_SHOTS, Spread, bits_per_qubit, shots, spread
from qml.benchmarking.screen.embedding import Embedding, entangles, fidelities
from qml.benchmarking.screen.entanglement import entangled, page
from qml.benchmarking.screen.surrogate import answers, imitate, told
from qml.circuits import Circuit, Gate


@pytest.fixture(scope="module", autouse=True)
def _double():
    engine.setup(precision="float64")


def random_states(rows, qubits, seed=0):
    random = np.random.default_rng(seed)
    found = random.normal(size=(rows, 2**qubits)) + 1j * random.normal(size=(rows, 2**qubits))
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_the_shots_tell_two_entries_apart_as_often_as_they_say():
    mean, deviation = 0.3, 0.02
    count = shots(mean, deviation**2)
    random = np.random.default_rng(0)
    apart = np.sqrt(2) * deviation
    high = random.binomial(count, mean + apart / 2, 20_000) / count
    low = random.binomial(count, mean - apart / 2, 20_000) / count
    error = np.sqrt(2 * mean * (1 - mean) / count)
    assert np.mean(np.abs(high - low) > 1.96 * error) == pytest.approx(0.8, abs=0.02)


def test_entries_that_do_not_differ_need_more_shots_than_there_are():
    kernel = np.full((5, 5), 0.25) + 0.75 * np.eye(5)
    assert spread(kernel, 3).shots == MOST_SHOTS


def test_the_slope_is_that_of_the_variances():
    points = [Spread(qubits=n, mean=0.0, variance=2.0 ** (-1.5 * n), shots=1) for n in (2, 3, 5)]
    assert bits_per_qubit(points) == pytest.approx(1.5)
    assert bits_per_qubit(points[:1]) is None


def test_entries_of_random_states_concentrate_by_two_bits_a_qubit():
    points = [spread(fidelities(random_states(60, n, n)), n) for n in (3, 5, 7)]
    assert bits_per_qubit(points) == pytest.approx(2.0, abs=0.2)


def test_frequency_one_imitates_a_product_of_cosines_and_noise_is_not_imitated():
    random = np.random.default_rng(0)
    rows = random.uniform(-np.pi / 2, np.pi / 2, (150, 3))
    kernel = fidelities(Embedding(name="separable", repeats=1).states(rows))
    outputs = answers(kernel, np.sign(rows[:, :1]), 0.1)
    assert imitate(rows, outputs)[0].share > 0.99
    assert max(i.share for i in imitate(rows, random.normal(size=(150, 1)))) < 0.1
    assert told(kernel, np.ones((150, 1))) == 1.0


def test_entanglement_of_known_states():
    bell = np.array([[1, 0, 0, 1]]) / np.sqrt(2)
    assert entangled(bell) == (pytest.approx(1.0), pytest.approx(page(1, 1)), 2, 2)
    product = entangled(np.eye(1, 16) + 0j)
    assert product.entropy == pytest.approx(0.0, abs=1e-12)
    assert product.bond == 1
    ghz = np.zeros((1, 64))
    ghz[0, [0, 63]] = np.sqrt(0.5)
    assert (entangled(ghz).bond, entangled(ghz).most) == (2, 8)


def test_random_states_have_the_entropy_of_page():
    found = entangled(random_states(200, 6))
    assert found.entropy == pytest.approx(found.random, abs=0.02)
    assert found.bond == 8


def test_one_qubit_has_no_cut():
    assert entangled(np.array([[1.0, 0.0]])).bond == 1


def test_magic_of_known_states():
    t = np.array([1, np.exp(1j * np.pi / 4)]) / np.sqrt(2)
    stabilizer = np.array([[1, 0, 0, 1], [0.5, 0.5, 0.5, -0.5]])
    assert magic.stabilizer_entropy(stabilizer + 0j) == pytest.approx(0.0, abs=1e-12)
    assert magic.stabilizer_entropy(t[None]) == pytest.approx(np.log2(4 / 3))
    assert magic.stabilizer_entropy(np.kron(t, t)[None]) == pytest.approx(2 * np.log2(4 / 3))
    assert magic.stabilizer_entropy(random_states(5, 4)) < magic.largest(4)
    assert magic.stabilizer_entropy(random_states(1, 11)) is None


def test_rotations_near_a_clifford_are_told_from_others():
    gates = [Gate("h", (0,)), Gate("rz", (0,), (np.pi / 2 + 0.01,)), Gate("ry", (1,), (0.4,))]
    assert magic.rotations(Circuit.of(2, gates)) == (2, 1)


@pytest.mark.parametrize("name", ["iqp", "zz"])
def test_the_twin_has_the_same_gates_but_those_that_entangle(name):
    row = np.array([0.3, -0.7, 1.1])
    whole = Embedding(name=name, repeats=2)
    assert entangles(whole.circuit(row))
    assert not entangles(whole.twin.circuit(row))
    kept = [g for g in whole.circuit(row).gates if len(g.wires) == 1]
    assert list(whole.twin.circuit(row).gates) == kept
    assert entangled(whole.twin.states(row[None])).entropy == pytest.approx(0.0, abs=1e-9)
