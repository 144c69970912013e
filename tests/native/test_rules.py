"""Every gate has a rule."""

import pytest

from qml.circuits import Circuit, Gate
from qml.circuits.gates import GATES
from qml.native import compile_native
from qml.native.rules import RULES


def test_none_is_missing():
    assert set(RULES) == set(GATES)


@pytest.mark.parametrize("relabel", [True, False])
@pytest.mark.parametrize("name", sorted(GATES))
def test_alone(name, relabel, distance):
    spec = GATES[name]
    on = (2, 0, 3)[: spec.wires]
    circuit = Circuit.of(4, [Gate(name, on, (0.7, -1.1, 2.3)[: spec.params])])
    for gateset in ("aria", "forte"):
        native = compile_native(circuit, gateset, relabel=relabel)
        assert distance(circuit, native.exact()) < 1e-13
