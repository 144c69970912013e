"""`qml backends`: where circuits can run."""

from typing import Any

from qml.backends.registry import BackendFacts, list_backends
from qml.config import Config


def backends_document(config: Config) -> dict[str, Any]:
    """Return `qml.backends/1`: all backends with what they can do under `[backend]`."""
    return {
        "schema": "qml.backends/1",
        "backends": [_row(facts, config) for facts in list_backends(config.backend)],
    }


def _row(facts: BackendFacts, config: Config) -> dict[str, Any]:
    found = facts.capabilities
    reason, _, hint = (facts.missing or "").partition(": ")
    return {
        "name": facts.name,
        "available": facts.installed and facts.missing is None,
        "reason": reason or None,
        "hint": hint or None,
        "qubits": found.qubits if found else None,
        "exact": found.exact if found else None,
        "samples": found.samples if found else None,
        "noise": found.noise if found else None,
        "gradients": sorted(found.gradients) if found else [],
        "paid": found.paid if found else None,
        "chosen": facts.name == config.backend.name,
    }
