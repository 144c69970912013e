"""Which observables tell the classes apart."""

from itertools import combinations

from qml.circuits import Observable, pauli, z
from qml.errors import PlanError


def class_observables(wires: int, classes: int) -> tuple[Observable, ...]:
    """Return Z on the first wires, then ZZ on pairs: one per class, or one for two classes.

    Raises:
        PlanError: There are more classes than wires and pairs of wires.
    """
    wanted = 1 if classes == 2 else classes  # noqa: PLR2004 - its sign decides
    known = [z(wire) for wire in range(wires)]
    known += [pauli("ZZ", pair) for pair in combinations(range(wires), 2)]
    if wanted > len(known):
        raise PlanError(
            f"{classes} classes need {wanted} observables; {wires} qubits have {len(known)}",
            hint="raise model.qubits, or use model.kind = 'hybrid'",
        )
    return tuple(known[:wanted])


def locality(observables: tuple[Observable, ...]) -> int:
    """Return the most qubits that one Pauli string touches."""
    return max((len(s) for o in observables for _, s in o.terms), default=1)
