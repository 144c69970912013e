import numpy as np
import pytest

from qml.backends.base import Intent
from qml.backends.registry import open_backend
from qml.circuits import Circuit, Gate, Work, z
from qml.config.sections import BackendSection
from qml.config.sections.backend import NoiseSection
from qml.errors import PlanError
from qml.testing.statistics import distance_bound


def run(backend, work):
    return backend.fetch(backend.submit(work, Intent(key="a", digest="")))


def chain(wires):
    first = [Gate("ry", (0,), (1.0,))]
    return Circuit.of(wires, [*first, *(Gate("cnot", (i, i + 1)) for i in range(wires - 1))])


def test_trajectories_and_density_matrices_agree():
    """Few shots run trajectories, many sample a density matrix."""
    noise = NoiseSection(depolarizing=0.05, depolarizing2=0.1, readout=0.02)
    exact = run(
        open_backend(BackendSection(name="aer", noise=noise)),
        Work(circuits=(chain(5),), observables=tuple(z(i) for i in range(5))),
    ).expectations[0]
    backend = open_backend(BackendSection(name="aer", shots=30, noise=noise))
    few = run(backend, Work(circuits=(chain(5),) * 400, shots=30, seed=1)).counts
    many = run(backend, Work(circuits=(chain(5),), shots=12_000, seed=1)).counts
    for found in (few, many):
        bits = np.concatenate([np.repeat(*c.arrays(), axis=0) for c in found])
        off = np.abs((1 - 2 * bits.mean(axis=0)) - exact).max()
        assert off < 4 * distance_bound(2, 12_000)


def test_a_density_matrix_has_its_limit():
    noise = NoiseSection(depolarizing=0.1)
    backend = open_backend(BackendSection(name="aer", shots=5, noise=noise))
    wide = Circuit.of(13, [Gate("h", (12,))])
    assert run(backend, Work(circuits=(wide,), shots=5)).counts[0].shots == 5
    with pytest.raises(PlanError):
        run(backend, Work(circuits=(wide,), observables=(z(0),)))
    exact = open_backend(BackendSection(name="aer", noise=noise))
    with pytest.raises(PlanError, match="runs 12 qubits here"):
        run(exact, Work(circuits=(wide,), observables=(z(0),)))


def test_float64_is_more_exact_than_float32():
    work = Work(circuits=(chain(3),), observables=(z(0),))
    errors = [
        abs(run(open_backend(BackendSection(name="aer", precision=p)), work).expectations[0, 0]
            - np.cos(1.0))
        for p in ("float32", "float64")
    ]  # fmt: skip
    assert errors[1] < 1e-14 < errors[0] < 1e-6
