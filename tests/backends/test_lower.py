import numpy as np
import pytest

from qml.backends.braket.translate import SIMULATED
from qml.backends.lower import BASIS, lower
from qml.circuits import Circuit, Gate
from qml.circuits.gates import GATES
from qml.testing.reference import state

ANGLES = (0.37, 1.21, 2.03)


def unitary(wires, gates):
    """Columns are what becomes of basis states."""
    found = []
    for index in range(2**wires):
        flips = [Gate("x", (w,)) for w in range(wires) if format(index, f"0{wires}b")[w] == "1"]
        found.append(state(Circuit(wires, (*flips, *gates))))
    return np.array(found).T


def gate_of(name):
    known = GATES[name]
    wires = {1: (0,), 2: (1, 0), 3: (2, 0, 1)}[known.wires]
    return Gate(name, wires, ANGLES[: known.params])


@pytest.mark.parametrize("known", [BASIS, SIMULATED], ids=["machines", "simulators"])
def test_a_spelling_is_its_gate_up_to_a_phase(known):
    for name in GATES:
        gate = gate_of(name)
        parts = tuple(lower(gate, known))
        assert {p.name for p in parts} <= known
        wires = max(gate.wires) + 1
        overlap = np.vdot(unitary(wires, [gate]), unitary(wires, parts))
        assert abs(overlap) == pytest.approx(2**wires, abs=1e-9), name
