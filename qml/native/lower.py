"""From a circuit to a network."""

from math import isfinite

from qml.circuits import Circuit, Gate
from qml.errors import CircuitError
from qml.native.lowering import Lowering
from qml.native.rules import RULES


def lower(circuit: Circuit, *, relabel: bool) -> Lowering:
    """Add all gates of a bound circuit.

    Raises:
        CircuitError: An angle is not a finite number, or a gate has no rule.
    """
    lowering = Lowering(circuit.wires, relabel=relabel)
    for gate in circuit.gates:
        rule = RULES.get(gate.name)
        if rule is None:
            raise CircuitError(f"gate `{gate.name}` has no translation into trapped-ion gates")
        rule(lowering, gate.wires, _numbers(gate) if gate.params else ())
    return lowering


def _numbers(gate: Gate) -> list[float]:
    found = [float(p) for p in gate.params]
    if not all(map(isfinite, found)):
        raise CircuitError(
            f"gate `{gate.name}` on wires {gate.wires} has the angles {found}",
            hint="only finite angles compile; look for an overflow where it is computed",
        )
    return found
