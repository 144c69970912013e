"""Shifts: a right gradient passes; one that the computer does not see is found by differences."""

import jax
import pytest

from qml.circuits import Circuit, Gate
from qml.tasks.test.checks import shifts


@pytest.mark.long
def test_a_right_gradient_passes(subject):
    found = shifts.check(subject)
    assert found.state == "passed"
    assert [r.name for r in found.readings] == ["parameter-shift", "finite differences"]


def test_a_stopped_gradient_fails(broken):
    def stopped(build):
        return lambda x, w: build(x, jax.lax.stop_gradient(w))

    found = shifts.check(broken(stopped))
    states = {r.name: r.state for r in found.readings}
    assert states["finite differences"] == "failed"
    assert found.state == "failed"
    assert found.advice


@pytest.mark.long
def test_a_derivative_that_is_wrong_fails(broken):
    @jax.custom_jvp
    def odd(angle):
        return angle

    odd.defjvp(lambda primals, tangents: (primals[0], 2 * tangents[0]))

    def wrong(build):
        def built(x, w):
            circuit = build(x, w)
            gates = [Gate(g.name, g.wires, tuple(odd(p) for p in g.params)) for g in circuit.gates]
            return Circuit.of(circuit.wires, gates)

        return built

    assert shifts.check(broken(wrong)).state == "failed"
