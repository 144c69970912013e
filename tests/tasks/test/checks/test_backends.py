"""Backends: what is right agrees, a reversed order of bits does not."""

from dataclasses import replace

import pytest

from qml.backends.registry import open_backend
from qml.circuits import Circuit, Gate
from qml.config.sections import BackendSection
from qml.errors import PlanError
from qml.tasks.test.checks import backends


class Reversed:
    """A simulator that takes the last wire for the first."""

    def __init__(self, section):
        self._inner = open_backend(section)

    def __getattr__(self, name):
        return getattr(self._inner, name)

    def submit(self, work, intent):
        return self._inner.submit(replace(work, circuits=tuple(map(turned, work.circuits))), intent)


def turned(circuit):
    last = circuit.wires - 1
    gates = [Gate(g.name, tuple(last - w for w in g.wires), g.params) for g in circuit.gates]
    return Circuit.of(circuit.wires, gates)


@pytest.mark.long
def test_a_right_simulator_agrees(make):
    found = backends.check(make("test.backends=['jax']"))
    assert found.state == "passed"
    assert [r.name for r in found.readings] == ["jax, expectations", "jax, counts"]
    assert found.tests == 1


def test_a_reversed_order_of_bits_fails(make):
    one = make("test.backends=['jax']")
    for section in (BackendSection(name="jax"), BackendSection(name="jax", shots=backends.SHOTS)):
        one._opened[section.model_dump_json()] = Reversed(section)
    found = backends.check(one)
    assert found.state == "failed"
    assert "jax" in found.why


def test_a_machine_is_refused(make):
    with pytest.raises(PlanError, match="no simulator of this machine"):
        backends.check(make("test.backends=['ionq.forte-1']"))
