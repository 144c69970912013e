"""The circuits of a quench are the simulated quench."""

from collections import Counter

import numpy as np
import pytest

from qml.algorithms.samplers import Task, build
from qml.algorithms.samplers.circuits import chosen, example, quench_circuits
from qml.algorithms.samplers.exact import all_energies, all_spins
from qml.algorithms.samplers.quench import Quench, evolve, scale
from qml.circuits import Circuit
from qml.errors import PlanError
from qml.results.counts import Counts
from qml.testing.reference import state


class Exactly:
    """An evaluator that samples circuits from their reference states, one shot each."""

    exact = False

    def __init__(self, seed: int = 0) -> None:
        self.submissions: list[int] = []
        self._rng = np.random.default_rng(seed)

    def counts(self, circuits: list[Circuit]) -> list[Counts]:
        self.submissions.append(len(circuits))
        return [self._one(c) for c in circuits]

    def _one(self, circuit: Circuit) -> Counts:
        chances = np.abs(state(circuit)) ** 2
        index = self._rng.choice(len(chances), p=chances / chances.sum())
        return Counts(circuit.wires, {format(index, f"0{circuit.wires}b"): 1})


def test_circuits_have_the_probabilities_of_the_simulated_quench(reference):
    quench = Quench(np.array([0.3, 0.5]), np.array([6, 1]), np.array([0.8, 0.7]))
    start = np.array([12, 5])
    simulated = evolve(scale(reference) * all_energies(reference), start, quench)
    for k, circuit in enumerate(quench_circuits(reference, all_spins(4)[start], quench)):
        np.testing.assert_allclose(
            np.abs(state(circuit)) ** 2, np.abs(simulated[k]) ** 2, atol=1e-10
        )


def test_gates_are_those_that_machines_have(reference):
    circuit = example(reference, 0.4, 11.0, 0.8)
    tally = Counter(g.name for g in circuit.gates)
    steps = 14
    assert tally == {"rx": 4 * steps, "rz": 4 * (steps - 1), "rzz": 6 * (steps - 1)}


def test_a_chain_of_circuits_makes_one_submission_for_each_step(reference):
    machine = Exactly()
    kernel = build("qemcmc", Task(target=reference, evaluator=machine))
    rng = np.random.default_rng(0)
    start = kernel.init(rng, 5)
    for _ in range(3):
        start, info = kernel.step(rng, start)
    assert machine.submissions == [5, 5, 5]
    assert info.evaluations == 5


def test_one_of_several_shots_is_chosen_at_random():
    rng = np.random.default_rng(0)
    seen = [tuple(chosen(rng, Counts(2, {"01": 3, "10": 1})).tolist()) for _ in range(4000)]
    assert Counter(seen)[1, -1] / 4000 == pytest.approx(0.75, abs=0.03)


def test_too_many_spins_are_refused_unless_a_machine_runs_them():
    target = wide(21)
    with pytest.raises(PlanError, match="21 spins are too many") as found:
        build("qemcmc", Task(target=target))
    assert "quantum_inspired" in found.value.hint
    assert build("qemcmc", Task(target=target, evaluator=Exactly()))


def wide(n):
    from qml.algorithms.samplers import Target

    return Target(
        names=tuple(range(n)),
        fields=np.ones(n),
        couplings=np.zeros((n, n)),
        offset=0.0,
        temperature=1.0,
    )
