"""Circuits side by side are taken apart again: what comes back is what each would have said."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qml.backends.base import Results
from qml.circuits import Circuit, Gate, Work, z
from qml.execution.packed import PackedRunner
from qml.results.counts import Counts
from qml.testing import reference

QUBITS = 5


class Exact:
    """Runs what has one outcome; remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[Work] = []
        self.finished = False

    def run(self, work: Work, name: str) -> Results:
        self.asked.append(work)
        if work.observables:
            return Results(expectations=np.zeros((len(work.circuits), len(work.observables))))
        return Results(counts=tuple(_outcome(c, work.shots) for c in work.circuits))

    def facts(self) -> dict[str, str]:
        return {"spent": "3.00 USD"}

    def finish(self) -> None:
        self.finished = True


def _outcome(circuit: Circuit, shots: int) -> Counts:
    place = int(np.argmax(reference.probabilities(circuit)))
    return Counts(circuit.wires, {f"{place:0{circuit.wires}b}": shots})


def _flips(bits: str) -> Circuit:
    gates = [Gate("x", (wire,)) for wire, bit in enumerate(bits) if bit == "1"]
    return Circuit.of(len(bits), gates)


@given(st.lists(st.text("01", min_size=1, max_size=QUBITS), min_size=1, max_size=12))
def test_every_circuit_gets_its_own_counts_in_order(wanted):
    inner = Exact()
    work = Work(circuits=tuple(map(_flips, wanted)), shots=7, seed=3)
    found = PackedRunner(inner, QUBITS).run(work, "step/0/0")
    assert [dict(c.tally) for c in found.counts] == [{bits: 7} for bits in wanted]
    assert [c.wires for c in found.counts] == [len(bits) for bits in wanted]
    (asked,) = inner.asked
    assert (asked.shots, asked.seed) == (7, 3)
    assert all(c.wires <= QUBITS for c in asked.circuits)
    assert len(asked.circuits) <= len(wanted)


def test_two_of_two_qubits_share_a_register_of_five():
    inner = Exact()
    work = Work(circuits=tuple(map(_flips, ["01", "10", "11"])), shots=1)
    PackedRunner(inner, QUBITS).run(work, "a")
    assert [c.wires for c in inner.asked[0].circuits] == [4, 2]


def test_exact_expectations_pass_as_they_are():
    inner = Exact()
    work = Work(circuits=(_flips("01"), _flips("10")), observables=(z(0),))
    PackedRunner(inner, QUBITS).run(work, "a")
    assert inner.asked == [work]


def test_the_rest_is_passed_on():
    inner = Exact()
    runner = PackedRunner(inner, QUBITS)
    assert runner.facts() == {"spent": "3.00 USD"}
    runner.finish()
    assert inner.finished
