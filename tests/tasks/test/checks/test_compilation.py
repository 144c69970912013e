"""Compilation: right compilers pass, a wrong order of wires fails, what is open warns."""

from qml.backends.equivalence import Sameness
from qml.circuits import Circuit, Gate
from qml.tasks.test.checks import compilation


def swapped(circuit: Circuit) -> Circuit:
    order = circuit.wires - 1
    gates = [Gate(g.name, tuple(order - w for w in g.wires), g.params) for g in circuit.gates]
    return Circuit.of(circuit.wires, gates)


def test_right_compilers_pass(subject):
    found = compilation.check(subject)
    assert found.state == "passed"
    assert {r.name for r in found.readings} == set(compilation.WAYS)


def test_a_wrong_order_of_wires_fails(subject, monkeypatch):
    monkeypatch.setitem(compilation.WAYS, "native aria", swapped)
    found = compilation.check(subject)
    assert found.state == "failed"
    assert [r.name for r in found.readings if r.state == "failed"] == ["native aria"]


def test_what_is_not_decided_warns_and_blames_nobody(subject, monkeypatch):
    undecided = Sameness(None, None, "MQT QCEC")
    monkeypatch.setattr(compilation, "compare", lambda *_, **__: undecided)
    found = compilation.check(subject)
    assert found.state == "warned"
    assert "not decided in time" in found.why
    assert "wrong" not in found.advice
