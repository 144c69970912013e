"""IonQ's machines: how wide they are, and which native gates they carry out.

Widths: IonQ, API v0.4; Aria is gone from it (2026) and stands here for its gate set.
"""

from typing import Literal, NamedTuple

from qml.errors import PlanError

Family = Literal["forte", "aria"]

SIMULATOR = "simulator"


class Device(NamedTuple):
    """One machine.

    Attributes:
        qubits: Wires of the widest circuit.
        family: Native gate set; `forte` has ZZ, `aria` has MS.
    """

    qubits: int
    family: Family


DEVICES = {
    SIMULATOR: Device(29, "forte"),
    "forte-1": Device(36, "forte"),
    "forte-enterprise-1": Device(36, "forte"),
    "aria-1": Device(25, "aria"),
    "aria-2": Device(25, "aria"),
}


def plain(name: str) -> str:
    """Return a device's name without the vendor's prefix: `qpu.forte-1` is `forte-1`."""
    return name.removeprefix("qpu.")


def most_qubits(device: str) -> int:
    """Return the width of a machine; 0 where it is not known, so that nothing fits."""
    known = DEVICES.get(device)
    return known.qubits if known is not None else 0


def known(device: str) -> Device:
    """Look a machine up.

    Raises:
        PlanError: It is none of IonQ's.
    """
    try:
        return DEVICES[device]
    except KeyError:
        names = ", ".join(f"ionq.{name}" for name in DEVICES)
        raise PlanError(f"IonQ has no machine `{device}`", hint=f"known: {names}") from None


def api_name(device: str) -> str:
    """Return the name that IonQ's API has for a machine."""
    return device if device == SIMULATOR else f"qpu.{device}"


def family_of(device: str, noise: str | None) -> Family:
    """Return the native gate set: the machine's, or that of the machine whose noise is modelled."""
    if noise is not None and noise in DEVICES:
        return DEVICES[noise].family
    return known(device).family
