"""How one of IonQ's machines is doing. No key is needed for it."""

from collections.abc import Mapping
from typing import Any

from qml.backends.ionq.client import Client, Document
from qml.backends.ionq.devices import SIMULATOR, api_name
from qml.backends.ionq.listing import moment_of
from qml.backends.remote import Machine


def look(client: Client, device: str) -> Machine:
    """Ask for status, queue and calibration."""
    status = client.public("backends", api_name(device))
    calibration = characterization(client, device) or {}
    queue = status.get("average_queue_time")
    return Machine(
        available=status.get("status") == "available",
        queue=queue / 1000 if isinstance(queue, (int, float)) else None,
        two_qubit_fidelity=_median(calibration, "2q"),
        calibrated=moment_of(calibration.get("date")),
        detail={
            **{k: status.get(k) for k in ("status", "degraded", "qubits", "location")},
            "characterization": calibration.get("id"),
            "one_qubit_fidelity": _median(calibration, "1q"),
            "spam_fidelity": _median(calibration, "spam"),
        },
    )


def characterization(client: Client, device: str) -> Document | None:
    """Return the latest characterization; the simulator has none."""
    if device == SIMULATOR:
        return None
    page = client.public("backends", api_name(device), "characterizations", params={"limit": 1})
    found = page.get("characterizations") or []
    return found[0] if found and isinstance(found[0], Mapping) else None


def _median(calibration: Document, what: str) -> float | None:
    entry: Any = (calibration.get("fidelity") or {}).get(what)
    median = entry.get("median") if isinstance(entry, Mapping) else None
    return float(median) if isinstance(median, (int, float)) else None
