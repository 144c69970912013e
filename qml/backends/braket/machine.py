"""What AWS says of a device: state, queue, fidelity, and the account's spending limits."""

import json
from collections.abc import Mapping
from statistics import median
from typing import Any

from qml.backends.remote import Machine

_ONLINE = "ONLINE"
_LIMIT = ("spendingLimit", "totalSpend", "queuedSpend")


def read_machine(device: Mapping[str, Any], limits: list[dict[str, Any]] | str) -> Machine:
    """Read the answer of GetDevice; AWS tells the length of a queue, no wait.

    Args:
        device: Answer of GetDevice.
        limits: Spending limits on it, or why they are not known.
    """
    queues = {
        " ".join(str(q[k]) for k in ("queue", "queuePriority") if k in q): q["queueSize"]
        for q in device.get("deviceQueueInfo", [])
    }
    properties = json.loads(device["deviceCapabilities"])
    return Machine(
        available=device["deviceStatus"] == _ONLINE,
        two_qubit_fidelity=two_qubit_fidelity(properties),
        detail={
            "status": device["deviceStatus"],
            "queues": queues,
            "spending_limits": limits,
        },
    )


def two_qubit_fidelity(properties: Mapping[str, Any]) -> float | None:
    """Return the median over pairs of qubits, each with its best gate; None where none is told.

    Standardised properties list gates by pair; IonQ's have one mean for the whole machine.
    """
    pairs = (properties.get("standardized") or {}).get("twoQubitProperties") or {}
    best = [
        max(float(gate["fidelity"]) for gate in pair["twoQubitGateFidelity"])
        for pair in pairs.values()
        if pair.get("twoQubitGateFidelity")
    ]
    if best:
        return median(best)
    mean = ((properties.get("provider") or {}).get("fidelity") or {}).get("2Q", {}).get("mean")
    return None if mean is None else float(mean)


def read_limit(row: Mapping[str, Any]) -> dict[str, Any]:
    """Read a row of SearchSpendingLimits; amounts are texts in USD, as AWS sends them."""
    period = {k: moment.isoformat() for k, moment in row["timePeriod"].items()}
    return {"arn": row["spendingLimitArn"], **{k: row[k] for k in _LIMIT}, "period": period}
