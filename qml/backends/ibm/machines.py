"""Names and widths of IBM's machines, told without importing the SDK and without a network.

The SDK ships a snapshot of every machine, as JSON: `fake_torino` is one of `ibm_torino`. Its width
is the width of the machine. What has no snapshot counts as a Heron r2 until it is asked.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

PROVIDER = "ibm"
AER = "aer"
FAKE = "fake_"
REAL = "ibm_"
TYPICAL = "fake_fez"
"""Stands in for a machine that no snapshot was shipped of: a Heron r2 of 156 qubits."""
_MICROSECOND = 1e-6


def is_local(device: str) -> bool:
    """Whether a device runs in this process."""
    return device == AER or device.startswith(FAKE)


def twin(device: str) -> str:
    """Return the fake machine that resembles a device most: itself, its snapshot, or a Heron r2."""
    name = device if device.startswith(FAKE) else FAKE + device.removeprefix(REAL)
    return name if device.startswith(FAKE) or name in fakes() else TYPICAL


@lru_cache(maxsize=1)
def fakes() -> frozenset[str]:
    """Return the names of all fake machines; none where the SDK is not installed."""
    root = _snapshots()
    if root is None:
        return frozenset()
    return frozenset(FAKE + conf.parent.name for conf in root.glob("*/conf_*.json"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a machine takes, as its configuration tells.

    Attributes:
        qubits: Width.
        circuits: Circuits in a job.
        shots: Shots of a circuit.
        delay: Seconds between two shots, where nothing else is asked for.
    """

    qubits: int = 156
    circuits: int = 300
    shots: int = 100_000
    delay: float = 250e-6


@lru_cache(maxsize=128)
def limits(device: str) -> Limits:
    """Return a machine's limits; a Heron r2's where the SDK is missing or knows no such name."""
    root, folder = _snapshots(), twin(device).removeprefix(FAKE)
    path = root / folder / f"conf_{folder}.json" if root is not None else None
    if path is None or not path.is_file():
        return Limits()
    conf, usual = json.loads(path.read_text(encoding="utf-8")), Limits()
    return Limits(
        qubits=int(conf["n_qubits"]),
        circuits=int(conf.get("max_experiments", usual.circuits)),
        shots=int(conf.get("max_shots", usual.shots)),
        delay=_MICROSECOND * float(conf.get("default_rep_delay", usual.delay / _MICROSECOND)),
    )


def _snapshots() -> Path | None:
    spec = find_spec("qiskit_ibm_runtime")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "fake_provider" / "backends"
