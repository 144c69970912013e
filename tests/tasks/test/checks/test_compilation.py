"""Compilation: right compilers pass, a wrong order of wires fails, wide circuits go to QCEC."""

import numpy as np
import pytest

from qml.circuits import Circuit, Gate
from qml.tasks.test.checks import compilation
from qml.tasks.test.equivalence import equivalent


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


def test_what_the_zero_state_hides_is_seen():
    nothing, hidden = Circuit(2, ()), Circuit.of(2, [Gate("cz", (0, 1))])
    assert compilation.infidelity(nothing, hidden, 1) > 0.01


@pytest.mark.parametrize("wires", [3, 13])
def test_wide_circuits_are_compared_by_decision_diagrams(wires):
    pytest.importorskip("mqt.qcec")
    rng = np.random.default_rng(0)
    gates = [Gate("ry", (w,), (float(a),)) for w, a in enumerate(rng.uniform(0, 3, wires))]
    chain = [Gate("rzz", (w, w + 1), (0.3,)) for w in range(wires - 1)]
    source = Circuit.of(wires, [*gates, *chain])
    assert equivalent(source, compilation.WAYS["common gates"](source))
    assert not equivalent(source, Circuit.of(wires, [*gates, *chain[:-1]]))
