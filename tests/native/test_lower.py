"""Every gate has a rule."""

import pytest

from qml.circuits import Circuit, Gate
from qml.circuits.gates import GATES
from qml.errors import CircuitError
from qml.native import compile_native
from qml.native.lower import Lowering, lower


@pytest.mark.parametrize("relabel", [True, False])
@pytest.mark.parametrize("name", sorted(GATES))
def test_alone(name, relabel, distance):
    spec = GATES[name]
    on = (2, 0, 3)[: spec.wires]
    circuit = Circuit.of(4, [Gate(name, on, (0.7, -1.1, 2.3)[: spec.params])])
    for gateset in ("aria", "forte"):
        native = compile_native(circuit, gateset, relabel=relabel)
        assert distance(circuit, native.exact()) < 1e-13


def test_swaps_exchange_names():
    circuit = Circuit.of(3, [Gate("swap", (0, 1)), Gate("swap", (1, 2))])
    lowered = lower(circuit, relabel=True)
    assert lowered.places == [1, 2, 0]
    assert lowered.network.rotations == []


def test_unknown_gate():
    with pytest.raises(CircuitError, match="`warp`"):
        Lowering(2, relabel=True).add("warp", (0, 1), ())
