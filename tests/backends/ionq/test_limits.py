import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from qiskit_ionq.helpers import qiskit_to_ionq

from qml.backends.ionq import limits
from qml.backends.ionq.compilation import Compilation, Sendable
from qml.backends.ionq.ticket import Ticket
from qml.backends.ionq.writing import Terms, write
from qml.circuits import Circuit, Gate, Work
from qml.errors import PlanError


def flips(wires, gates):
    return Circuit(wires, tuple(Gate("x", (i % wires,)) for i in range(gates)))


def split(*circuits):
    parts = limits.split(Work(circuits=circuits, shots=1, seed=7), lambda circuit: circuit)
    assert tuple(c for part in parts for c in part.circuits) == circuits
    assert {(part.shots, part.seed) for part in parts} == {(1, 7)}
    return [len(part.circuits) for part in parts]


def test_what_fits_is_returned_as_it_is():
    work = Work(circuits=(flips(2, 3),), shots=1)
    assert limits.split(work, lambda circuit: circuit)[0] is work
    assert len(limits.split(Work(circuits=(), shots=1), lambda circuit: circuit)) == 1


def test_at_most_5000_circuits():
    assert split(*[flips(1, 1)] * 5000) == [5000]
    assert split(*[flips(1, 1)] * 10_001) == [5000, 5000, 1]


def test_the_limits_are_the_published_ones():
    assert (limits.MOST_CIRCUITS, limits.MOST_GATES) == (5000, 150_000)
    assert limits.MOST_BYTES < 10_000_000


def test_a_circuit_that_comes_many_times_is_looked_at_once():
    asked = []
    one, two = flips(1, 1), flips(1, 1)
    work = Work(circuits=(one, two) * 4000, shots=1)
    parts = limits.split(work, lambda circuit: asked.append(circuit) or circuit)
    assert [len(part.circuits) for part in parts] == [5000, 3000]
    assert [c is one for c in asked] == [True, False]


def test_at_most_so_many_gates(monkeypatch):
    monkeypatch.setattr(limits, "MOST_GATES", 150)
    assert split(*[flips(1, 50)] * 4) == [3, 1]


def test_at_most_so_many_bytes(monkeypatch):
    one = limits.body_bytes(flips(1, 50))
    monkeypatch.setattr(limits, "MOST_BYTES", 2 * one)
    assert split(*[flips(1, 50)] * 3) == [2, 1]


def test_at_most_50_runs_of_one_width():
    assert split(*[flips(1 + i % 2, 1) for i in range(60)]) == [50, 10]


def test_a_circuit_that_is_too_large_alone_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MOST_GATES", 150)
    with pytest.raises(PlanError, match="circuit 1 has 151 gates"):
        split(flips(1, 1), flips(1, 151))


NUMBERS = st.floats(-1e3, 1e3)
WIDE = st.sampled_from([(28, 27), (27, 28), (10, 11)])
GATES = st.one_of(
    st.builds(lambda p: Gate("gpi", (28,), (p,)), NUMBERS),
    st.builds(lambda p: Gate("gpi2", (28,), (p,)), NUMBERS),
    st.builds(lambda w, p: Gate("zz", w, (p,)), WIDE, NUMBERS),
    st.builds(lambda w, p, q, r: Gate("ms", w, (p, q, r)), WIDE, NUMBERS, NUMBERS, NUMBERS),
)
QIS = st.one_of(
    st.builds(lambda w, p: Gate("crx", w, (p,)), WIDE, NUMBERS),
    st.builds(lambda w, p: Gate("rzz", w, (p,)), WIDE, NUMBERS),
    st.just(Gate("ccnot", (28, 27, 26))),
    st.just(Gate("sxdg", (28,))),
)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["native", "qis"]).flatmap(
        lambda kind: st.tuples(
            st.just(kind), st.lists(GATES if kind == "native" else QIS, min_size=1, max_size=6)
        )
    )
)
def test_a_request_is_no_larger_than_planned(drawn):
    """Compared with what qiskit-ionq writes."""
    kind, gates = drawn
    circuit = Circuit.of(29, gates)
    body = len(json.dumps(_sent(circuit, kind)["input"]["circuits"]))
    assert body <= 2 * limits.body_bytes(circuit)


def _sent(circuit, kind):
    compilation = Compilation("forte" if kind == "native" else None)
    compilation._compile = lambda source: Sendable(source, None)
    work = Work(circuits=(circuit, circuit), shots=10)
    ticket = Ticket("k", 0, 10, (29, 29), 0, 0)
    job = write(work, compilation, ticket, Terms("simulator", "ideal", debiasing=False), object())
    return json.loads(
        qiskit_to_ionq(
            job.circuit, job.backend(), job._passed_args, job.extra_query_params, job.extra_metadata
        )
    )
