"""The devices of Amazon Braket that run gates: names, ARNs, regions and sizes.

Seen on 2026-11-21 in `braket.devices.Devices` of SDK 1.127.5 (ARNs) and in the vendors' data sheets
(qubits, native gates). Analogue machines are not listed. AWS enforces the limits of the day (shots
of a task, gates); it refuses what is beyond them before anything is billed.
"""

from dataclasses import dataclass

from qml.errors import PlanError

SEEN = "2026-11-21"
LOCAL = "local"
LOCAL_QUBITS = 26
PROGRAMS = 100
"""Most circuits of a program set (AWS, announcement of program sets, 2025-08)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A machine or cloud simulator.

    Attributes:
        arn: Amazon Resource Name.
        qubits: Most wires.
        native: IonQ's gate set it is sent; empty where the vendor compiles.
        programs: Most circuits of a task; more than one are a program set.
    """

    arn: str
    qubits: int
    native: frozenset[str] = frozenset()
    programs: int = PROGRAMS

    @property
    def region(self) -> str | None:
        """AWS region that takes its tasks; None where every region of Braket does."""
        return self.arn.split(":")[3] or None

    @property
    def simulator(self) -> bool:
        """Whether it is a simulator of Amazon's."""
        return "quantum-simulator" in self.arn


_FORTE = frozenset({"gpi", "gpi2", "zz"})
_QPU = "arn:aws:braket:{}::device/qpu/{}"
_SIMULATOR = "arn:aws:braket:::device/quantum-simulator/amazon/{}"

DEVICES: dict[str, Device] = {
    "forte-1": Device(arn=_QPU.format("us-east-1", "ionq/Forte-1"), qubits=36, native=_FORTE),
    "forte-enterprise-1": Device(
        arn=_QPU.format("us-east-1", "ionq/Forte-Enterprise-1"), qubits=36, native=_FORTE
    ),
    "garnet": Device(arn=_QPU.format("eu-north-1", "iqm/Garnet"), qubits=20),
    "emerald": Device(arn=_QPU.format("eu-north-1", "iqm/Emerald"), qubits=54),
    "ibex-q1": Device(arn=_QPU.format("eu-north-1", "aqt/Ibex-Q1"), qubits=12),
    "cepheus-1-108q": Device(arn=_QPU.format("us-west-1", "rigetti/Cepheus-1-108Q"), qubits=108),
    "sv1": Device(arn=_SIMULATOR.format("sv1"), qubits=34, programs=1),
    "dm1": Device(arn=_SIMULATOR.format("dm1"), qubits=17, programs=1),
}


def device(name: str) -> Device:
    """Look a device up.

    Raises:
        PlanError: There is none of that name.
    """
    try:
        return DEVICES[name]
    except KeyError:
        raise PlanError(
            f"Amazon Braket has no gate-based device `{name}` that qml knows",
            hint=f"known: {', '.join(f'braket.{n}' for n in (LOCAL, *DEVICES))}",
        ) from None
