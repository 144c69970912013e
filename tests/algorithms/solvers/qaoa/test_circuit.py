"""Circuits against the engine's diagonal road, mixer by mixer."""

from dataclasses import replace

import numpy as np
import pytest
from algorithms.solvers.problems import random_problem

from qml.algorithms.solvers.qaoa.angles import Angles
from qml.algorithms.solvers.qaoa.ansatz import build
from qml.algorithms.solvers.qaoa.circuit import QaoaCircuits
from qml.algorithms.solvers.qaoa.controlled import phase_of_ones
from qml.algorithms.solvers.qaoa.dicke import prepare_group
from qml.algorithms.solvers.qaoa.options import Options
from qml.circuits import Circuit, Gate
from qml.errors import PlanError
from qml.problems import Group
from qml.problems.structure import Limit
from qml.testing.reference import state

HALF = Group("half", (0, 1, 2, 3, 4), 2, 2)
MANY = Group("many", (0, 1, 2, 3, 4), 4, 4)
ONE, OTHER = Group("one", (0, 2, 4), 1, 1), Group("other", (1, 3), 1, 1)
RANGE, FEW = Group("range", (0, 2, 3, 4), 1, 3), Group("few", (1,), 0, 1)
CASES = {
    "x": ((), {"mixer": "x"}),
    "x, penalty": ((ONE,), {"mixer": "x"}),
    "xy ring": ((HALF,), {"mixer": "xy"}),
    "xy complete": ((MANY,), {"mixer": "xy", "pairs": "complete"}),
    "xy one-hot": ((ONE, OTHER), {"mixer": "xy"}),
    "xy and free": ((ONE,), {"mixer": "xy"}),
    "grover": ((), {"mixer": "grover"}),
    "grover, ranges": ((RANGE, FEW), {"mixer": "grover"}),
}


@pytest.mark.parametrize("case", CASES)
def test_a_circuit_samples_what_the_engine_does(double, case):
    groups, table = CASES[case]
    problem = replace(random_problem(5, 0), groups=groups)
    options = Options(**table)
    angles = Angles(*np.random.default_rng(1).normal(size=(2, 2)))
    ansatz = build(problem, options)
    wanted = np.zeros(32)
    indices = np.arange(32) if ansatz.samples is None else ansatz.samples @ [16, 8, 4, 2, 1]
    wanted[indices] = ansatz.program.probabilities(*angles)
    found = np.abs(state(QaoaCircuits(problem, options, options.mixer).bind(angles))) ** 2
    assert np.allclose(found, wanted, atol=1e-12)


def test_a_warm_start_as_a_circuit(double):
    problem, options = random_problem(5, 0), Options()
    angles = Angles(*np.random.default_rng(1).normal(size=(2, 2)))
    warm = np.random.default_rng(2).uniform(0.3, 2.8, 5)
    circuit = QaoaCircuits(problem, options, "x", warm).bind(angles)
    wanted = build(problem, options, angles=warm).program.probabilities(*angles)
    assert np.allclose(np.abs(state(circuit)) ** 2, wanted, atol=1e-12)


@pytest.mark.parametrize("size", range(1, 7))
def test_groups_are_prepared_evenly(size):
    for low in range(size + 1):
        for high in range(low, size + 1):
            group = Group("", tuple(range(size)), low, high)
            found = np.abs(state(Circuit.of(size, prepare_group(group)))) ** 2
            ones = np.bitwise_count(np.arange(1 << size))
            allowed = (low <= ones) & (ones <= high)
            assert np.allclose(found, allowed / allowed.sum(), atol=1e-12)


@pytest.mark.parametrize("wires", range(1, 9))
def test_a_phase_under_many_controls(wires):
    gates = [Gate("h", (i,)) for i in range(wires)]
    circuit = Circuit.of(wires, [*gates, *phase_of_ones(0.7, range(wires))])
    wanted = np.full(1 << wires, 2 ** (-wires / 2), dtype=complex)
    wanted[-1] *= np.exp(0.7j)
    assert np.allclose(state(circuit), wanted, atol=1e-12)


def test_two_qubit_gates_are_the_vendors_own():
    """ZZ is native: one gate a coupling, and nothing else entangles under the x mixer."""
    problem = random_problem(5, 0)
    circuit = QaoaCircuits(problem, Options(), "x").bind(Angles(np.ones(1), np.ones(1)))
    assert [g.name for g in circuit.gates if len(g.wires) > 1] == ["rzz"] * 10


def test_constraints_that_no_circuit_keeps_are_refused():
    limit = Limit("cost", np.array([1.0, 2.0, 3.0]), -np.inf, 4.0)
    problem = replace(random_problem(3, 0), limits=(limit,))
    for mixer in ("grover", "x"):
        with pytest.raises(PlanError):
            QaoaCircuits(problem, Options(), mixer)
    kept = build(problem, Options(mixer="grover")).samples
    assert sorted(map(tuple, kept)) == [
        (0, 0, 0),
        (0, 0, 1),
        (0, 1, 0),
        (1, 0, 0),
        (1, 0, 1),
        (1, 1, 0),
    ]
