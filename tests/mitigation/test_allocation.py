import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.circuits import Circuit, Gate
from qml.mitigation.allocation import (
    deviation,
    neyman,
    pilot_shots,
    rest,
    uniform,
    variance,
    weighted,
)
from qml.mitigation.base import Noise
from qml.mitigation.density import outcomes
from qml.mitigation.tally import Tally

COEFFICIENTS = np.array([2.0, 4.0, -1.0, 5.0, 2.0])
STRINGS = ("IX", "IZ", "XX", "YY", "ZX")
PAULI = {
    "I": np.eye(2),
    "X": np.array([[0, 1], [1, 0]]),
    "Y": np.array([[0, -1j], [1j, 0]]),
    "Z": np.diag([1, -1]),
}


def deviations(state):
    """|c| sigma of the five strings in a state of two wires."""
    matrices = [np.kron(PAULI[a], PAULI[b]) for a, b in STRINGS]
    means = np.array([np.vdot(state, m @ state).real for m in matrices])
    return np.abs(COEFFICIENTS) * np.sqrt(np.clip(1 - means**2, 0, None))


def haar(rng):
    drawn = rng.normal(size=4) + 1j * rng.normal(size=4)
    return drawn / np.linalg.norm(drawn)


def test_the_example_has_its_published_variances():
    spread = deviations(np.array([1, 0, 0, 0]))
    shares = (uniform(spread), weighted(COEFFICIENTS), neyman(spread))
    assert [variance(spread, s) for s in shares] == pytest.approx([170, 140, 100])


def test_over_haar_states_neyman_saves_what_is_published():
    rng = np.random.default_rng(0)
    rows = [deviations(haar(rng)) for _ in range(500)]
    best = np.mean([variance(r, neyman(r)) for r in rows])
    alike = np.mean([variance(r, uniform(r)) for r in rows])
    by_size = np.mean([variance(r, weighted(COEFFICIENTS)) for r in rows])
    assert alike / best == pytest.approx(1.301, abs=0.03)
    assert by_size / best == pytest.approx(1.023, abs=0.01)


def test_a_pilot_comes_within_five_percent_of_the_optimum():
    """Deviations guessed from a fifth of 500 shots a string, over Haar states."""
    rng = np.random.default_rng(0)
    reached, best, alike = [], [], []
    for _ in range(200):
        true = deviations(haar(rng))
        first = pilot_shots(500, len(true))
        sigma = true / np.abs(COEFFICIENTS)
        ones = rng.binomial(first, (1 + np.sqrt(1 - sigma**2)) / 2)
        guessed = np.array(
            [
                deviation(
                    Tally(np.array([[0], [1]], dtype=np.int8), np.array([n, first - n], float)),
                    [(np.array([c]), (0,))],
                )
                for n, c in zip(ones, COEFFICIENTS, strict=True)
            ]
        )
        shots = first + np.array(rest(guessed, 500 * len(true), first))
        assert shots.sum() == 500 * len(true)
        reached.append(variance(true, shots / shots.sum()))
        best.append(variance(true, neyman(true)))
        alike.append(variance(true, uniform(true)))
    assert np.mean(reached) / np.mean(best) < 1.05
    assert np.mean(alike) / np.mean(best) > 1.25


@given(
    st.lists(st.floats(0, 10), min_size=2, max_size=6),
    st.integers(10, 1000),
    st.integers(0, 9),
)
def test_all_shots_are_given_out(spread, each, first):
    total = each * len(spread)
    found = rest(np.array(spread), total, first)
    assert min(found) >= 0
    assert sum(found) == total - first * len(spread)


def test_a_deviation_is_that_of_a_weighted_sum():
    tally = outcomes(Circuit(1, (Gate("ry", (0,), (1.0,)),)), Noise())
    many = Tally(tally.bits, 1e6 * tally.times)
    found = deviation(many, [(np.array([3.0]), (0,))])
    assert found == pytest.approx(3 * np.sin(1.0), abs=1e-3)


def test_few_shots_are_not_looked_at_twice():
    assert pilot_shots(20, 3) == 0
    assert pilot_shots(1000, 1) == 0
    assert pilot_shots(1000, 2) == 200
