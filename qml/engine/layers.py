"""Circuits as layers of one-qubit gates and of phases, where nothing else is in them.

Feature maps of kernels mostly are such circuits. Their states take a few NumPy calls a layer, while
to compile them takes seconds, and a kernel needs each state once.
"""

from typing import NamedTuple

from qml.circuits.circuit import Circuit
from qml.engine.operations import Angle, Factor, Flip, Local, Phase
from qml.engine.rules import Step, expand


class Layer(NamedTuple):
    """One-qubit gates, then phases.

    Attributes:
        factors: For each wire its gates, first in time first.
        phases: Phases on top; a slot of an angle is the place of a parameter in the circuit.
    """

    factors: tuple[tuple[Factor, ...], ...]
    phases: tuple[Phase, ...]


def layers_of(circuit: Circuit) -> list[Layer] | None:
    """Cut a circuit into layers; None where it has gates that permute basis states.

    Beyond the first layer, gates with parameters are phases between fixed one-qubit gates.

    Args:
        circuit: Any circuit; the values of its parameters do not matter.
    """
    under_way = _Layers(circuit.wires)
    slot = 0
    entangled: set[int] = set()
    for gate in circuit.gates:
        params = tuple(Angle(slot + i, 1.0, 0.0) for i in range(len(gate.params)))
        slot += len(params)
        if len(gate.wires) == 1 and gate.wires[0] not in entangled:
            under_way.start(Local(gate.wires[0], (Factor(gate.name, params),)))
            continue
        entangled.update(gate.wires)
        for operation in expand(Step(gate.name, gate.wires, params), [True] * slot):
            if isinstance(operation, Flip):
                return None
            if isinstance(operation, Local):
                under_way.turn(operation)
            else:
                under_way.shift(operation)
    return under_way.layers()


class _Layers:
    """Gates are put into the last layer where they fit, else into a new one."""

    def __init__(self, wires: int) -> None:
        self._wires = wires
        self._factors: list[list[list[Factor]]] = []
        self._phases: list[list[Phase]] = []
        self._open()

    def _open(self) -> None:
        self._factors.append([[] for _ in range(self._wires)])
        self._phases.append([])

    def start(self, local: Local) -> None:
        """Add a gate on a wire that nothing has entangled: it may have parameters."""
        self._factors[0][local.wire] += local.factors

    def turn(self, local: Local) -> None:
        """Add a one-qubit gate; phases of its wire precede it."""
        if any(local.wire in phase.wires for phase in self._phases[-1]):
            self._open()
        self._factors[-1][local.wire] += local.factors

    def shift(self, phase: Phase) -> None:
        """Add a phase; one without wires is seen in no fidelity."""
        if phase.wires:
            self._phases[-1].append(phase)

    def layers(self) -> list[Layer]:
        """Return what was gathered."""
        return [
            Layer(tuple(map(tuple, factors)), tuple(phases))
            for factors, phases in zip(self._factors, self._phases, strict=True)
        ]
