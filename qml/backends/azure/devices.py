"""The targets of Azure Quantum that qml can write circuits for: those of IonQ.

Seen on 2026-11-21 in `azure.quantum.target.IonQ` of azure-quantum 3.13.0 (targets) and on Azure's
page on IonQ (qubits; aria-1 is still listed there, 2026-08-21).
"""

from dataclasses import dataclass

from qml.errors import PlanError
from qml.native import GateSet

SIMULATOR = "simulator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A machine or simulator.

    Attributes:
        id: Azure's name of it.
        qubits: Most wires.
        gateset: IonQ's native gates that it takes.
    """

    id: str
    qubits: int
    gateset: GateSet = "forte"


TARGETS: dict[str, Target] = {
    SIMULATOR: Target(id="ionq.simulator", qubits=29),
    "forte-1": Target(id="ionq.qpu.forte-1", qubits=36),
    "forte-enterprise-1": Target(id="ionq.qpu.forte-enterprise-1", qubits=36),
    "aria-1": Target(id="ionq.qpu.aria-1", qubits=25, gateset="aria"),
}


def target(name: str) -> Target:
    """Look a target up.

    Raises:
        PlanError: There is none of that name.
    """
    try:
        return TARGETS[name]
    except KeyError:
        raise PlanError(
            f"Azure Quantum has no target `{name}` that qml can write circuits for",
            hint=f"known: {', '.join(f'azure.{n}' for n in TARGETS)}",
        ) from None
