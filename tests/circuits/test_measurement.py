import numpy as np
import pytest

from qml.circuits import Circuit, Gate, Observable, ZeroProjector, pauli, z
from qml.circuits.measurement import is_projector, plan_measurement, zero_probabilities
from qml.results.counts import Counts
from qml.testing.reference import expectation, probabilities

OBSERVABLES = (
    z(0),
    pauli("XY", (0, 2)),
    pauli("ZZ", (1, 2)),
    Observable((*pauli("X", (1,), 0.5).terms, *pauli("ZI", (0, 1), -2.0).terms, (3.0, ()))),
)


def circuit() -> Circuit:
    rng = np.random.default_rng(0)
    gates = [Gate("u3", (w,), tuple(rng.uniform(-2, 2, 3))) for w in range(3)]
    gates += [Gate("cnot", (0, 1)), Gate("rzz", (1, 2), (0.7,)), Gate("ry", (2,), (0.3,))]
    return Circuit.of(3, gates)


def exact_counts(found: Circuit) -> Counts:
    """Counts in proportion to the exact probabilities."""
    shots = 10**9
    weights = np.round(probabilities(found) * shots).astype(int)
    return Counts(3, {format(i, "03b"): int(n) for i, n in enumerate(weights) if n})


def test_expectations_from_counts_equal_the_reference():
    measurement = plan_measurement(OBSERVABLES)
    circuits = [circuit(), circuit() + Circuit.of(3, [Gate("h", (0,))])]
    found = measurement.expectations([exact_counts(c) for c in measurement.circuits(circuits)])
    wanted = [[expectation(c, o) for o in OBSERVABLES] for c in circuits]
    assert np.allclose(found, wanted, atol=1e-6)


def test_commuting_strings_share_a_basis():
    assert len(plan_measurement((z(0), z(1), pauli("ZZ", (0, 1)))).bases) == 1
    assert len(plan_measurement(OBSERVABLES).bases) == 2
    assert plan_measurement((z(0),)).circuits([circuit()]) == [circuit()]


def test_projectors():
    assert is_projector((ZeroProjector(),))
    assert not is_projector((z(0),))
    counts = Counts(2, {"00": 3, "01": 1})
    assert zero_probabilities([counts, Counts(2, {"11": 4})]) == pytest.approx([0.75, 0])
