"""Trajectories: what Aer's density matrix says, for every kind of gate that errors move through."""

import numpy as np
import pytest

from qml.backends.noise import Rates
from qml.backends.registry import open_backend
from qml.circuits import Circuit, Gate, pauli, z
from qml.config.sections import BackendSection
from qml.config.sections.backend import NoiseSection
from qml.execution.direct import DirectRunner
from qml.execution.evaluator import BackendEvaluator
from qml.execution.meter import UsageMeter
from qml.tasks.test.skipped import SkippedError
from qml.tasks.test.subject import NO_RUN
from qml.tasks.test.trajectories import Frames, Noisy, _hits

OBSERVABLES = (z(0), z(2), pauli("ZZ", (0, 1)), pauli("XY", (1, 2)), pauli("YX", (0, 2)))


def circuit(shift: float) -> Circuit:
    """Every kind of gate that errors move through, on three wires."""
    ones = [("rx", 0, 0.4), ("ry", 1, 1.1), ("rz", 2, 0.7), ("ry", 2, 0.9), ("phase", 1, 0.3)]
    twos = [("rxx", 0, 1, 0.5), ("ryy", 1, 2, 0.8), ("rzz", 0, 2, 1.2)]
    plain = [("h", 0), ("s", 1), ("sdg", 2), ("t", 0), ("tdg", 1), ("x", 2), ("y", 0), ("z", 1)]
    pairs = [("cnot", 0, 1), ("cz", 1, 2), ("swap", 0, 2), ("cy", 2, 1)]
    return Circuit.of(
        3,
        [
            *(Gate(n, (w,), (a + shift,)) for n, w, a in ones),
            *(Gate(n, (w,)) for n, w in plain),
            *(Gate(n, (a, b)) for n, a, b in pairs),
            *(Gate(n, (a, b), (t,)) for n, a, b, t in twos),
            *(Gate(n, (w,), (a,)) for n, w, a in ones),
        ],
    )


@pytest.fixture(scope="module")
def exact():
    backend = open_backend(BackendSection(name="jax"))
    yield BackendEvaluator(
        backend, DirectRunner(backend, run=NO_RUN, meter=UsageMeter()), shots=0, seed=0
    )
    backend.close()


@pytest.mark.long
def test_noise_is_that_of_a_density_matrix(exact):
    pytest.importorskip("qiskit_aer")
    circuits = [circuit(0.0), circuit(0.5)]
    noise = NoiseSection(depolarizing=0.02, depolarizing2=0.05)
    aer = open_backend(BackendSection(name="aer", noise=noise, precision="float64"))
    right = aer.expectations(circuits, OBSERVABLES)
    noisy = Noisy(circuits, OBSERVABLES, exact)
    found = noisy.expectations(Rates(one_qubit=0.02, two_qubit=0.05), 6_000, 1)
    # six standard errors of a mean of 6,000 numbers between -1 and 1
    np.testing.assert_allclose(found, right, atol=6 / 6_000**0.5)
    clean = noisy.expectations(Rates(), 6_000, 1)
    assert np.abs(clean - right).max() > 0.1


def test_a_gate_on_three_wires_is_skipped(exact):
    with pytest.raises(SkippedError, match="ccnot"):
        Noisy([Circuit.of(3, [Gate("ccnot", (0, 1, 2))])], [z(0)], exact)


def test_every_trajectory_has_an_error():
    hits = _hits(np.array([1e-3, 2e-3, 1e-3]), 4_000, np.random.default_rng(0))
    assert hits.any(axis=1).all()
    assert hits.mean(axis=0) == pytest.approx([0.25, 0.5, 0.25], abs=0.04)


def test_an_error_anticommutes_as_paulis_do():
    frames = Frames(np.array([[True], [False], [True]]), np.array([[False], [True], [True]]))
    assert frames.anticommutes("X", (0,)).tolist() == [False, True, True]
    assert frames.anticommutes("Y", (0,)).tolist() == [True, True, False]
    assert frames.anticommutes("Z", (0,)).tolist() == [True, False, True]
