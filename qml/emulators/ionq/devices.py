"""Backends of the account, and their characterizations.

Numbers: the vendor's specification for sizes; Forte-1 as published on 2026-04-20; Aria's page.
Rates of Forte Enterprise are not published and taken to be Forte's.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qml.backends.noise import Rates

IDEAL = "ideal"
_SPACE = uuid.UUID("7b1c55b6-59d2-5b6f-9d1e-4f2f7d1d4c10")

NOISE = {
    "aria-1": "aria-1",
    "aria-2": "aria-2",
    "forte-1": "forte-1",
    "forte-enterprise-1": "forte-1",
}
"""Noise models, and the published rates that each has."""

UNPUBLISHED = frozenset({"harmony", "harmony-1", "harmony-2"})
"""Noise models that the vendor names, and whose rates are not known here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A backend.

    Attributes:
        name: Its name in the API.
        qubits: Its size.
        native: Native gates that it takes.
        noise: Its noise model, or None for the simulator.
        fidelity: Median fidelities of `spam`, `1q` and `2q`.
        seconds: Durations in seconds: `1q`, `2q`, `readout`, `reset`, `t1`, `t2`.
        date: Day of the characterization.
    """

    name: str
    qubits: int
    native: tuple[str, ...]
    noise: str | None = None
    fidelity: Mapping[str, float] | None = None
    seconds: Mapping[str, float] | None = None
    date: str = "2026-04-20T00:00:00Z"

    @property
    def characterization_id(self) -> str:
        """Id of its one characterization."""
        return str(uuid.uuid5(_SPACE, self.name))


_FORTE_FIDELITY = {"spam": 0.9942, "1q": 0.9998, "2q": 0.9952}
_FORTE_SECONDS = {
    "1q": 0.00013, "2q": 0.00097, "readout": 0.00015, "reset": 0.00005, "t1": 100.0, "t2": 1.0,
}  # fmt: skip
_ARIA_FIDELITY = {"spam": 0.9961, "1q": 0.9995, "2q": 0.996}
_ARIA_SECONDS = {
    "1q": 0.000135, "2q": 0.0006, "readout": 0.0003, "reset": 0.00002, "t1": 100.0, "t2": 1.0,
}  # fmt: skip

DEVICES = {
    device.name: device
    for device in (
        Device(name="simulator", qubits=29, native=("gpi", "gpi2", "ms", "zz")),
        *(
            Device(
                name=name,
                qubits=36,
                native=("gpi", "gpi2", "zz"),
                noise=noise,
                fidelity=_FORTE_FIDELITY,
                seconds=_FORTE_SECONDS,
            )
            for name, noise in (
                ("qpu.forte-1", "forte-1"),
                ("qpu.forte-enterprise-1", "forte-enterprise-1"),
            )
        ),
        Device(
            name="qpu.aria-1",
            qubits=25,
            native=("gpi", "gpi2", "ms"),
            noise="aria-1",
            fidelity=_ARIA_FIDELITY,
            seconds=_ARIA_SECONDS,
        ),
    )
}


def rates_of(model: str) -> "Rates | None":
    """Return the rates of a noise model, None for `ideal`."""
    if model == IDEAL:
        return None
    from qml.backends.noise import PUBLISHED

    return PUBLISHED[NOISE[model]]


def backend_object(device: Device, queue_ms: float, gates: list[str]) -> dict[str, Any]:
    """Return a backend as the API shows it."""
    shown: dict[str, Any] = {
        "backend": device.name,
        "status": "available",
        "degraded": False,
        "qubits": device.qubits,
        "average_queue_time": queue_ms,
        "last_updated": device.date,
        "location": "emulated on this machine",
        "supported_gates": gates,
        "supported_native_gates": list(device.native),
        "supported_error_mitigations": ["debiasing"] if device.noise else [],
    }
    if device.fidelity:
        shown["characterization_id"] = device.characterization_id
    return shown


def characterization_object(device: Device) -> dict[str, Any]:
    """Return the characterization of a machine."""
    return {
        "id": device.characterization_id,
        "backend": device.name,
        "date": device.date,
        "qubits": device.qubits,
        "connectivity": [list(pair) for pair in combinations(range(device.qubits), 2)],
        "fidelity": {name: {"median": value} for name, value in (device.fidelity or {}).items()},
        "timing": dict(device.seconds or {}),
    }
