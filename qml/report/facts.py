"""What a manifest says of a run, as pairs of words: the same in the terminal and in the report."""

from collections.abc import Mapping
from typing import Any

from qml.report import numbers
from qml.report.values import inline, short

# Packages that can change a result; of the others only the number is shown.
_NOTED = (
    "qml-workbench",
    "jax",
    "jaxlib",
    "numpy",
    "optax",
    "scipy",
    "scikit-learn",
    "pennylane",
    "pennylane-lightning",
    "qsimcirq",
    "qiskit",
    "qiskit-aer",
)
Pair = tuple[str, str]


def about_run(document: Mapping[str, Any]) -> list[Pair]:
    """Return all facts about a run beside its results.

    Args:
        document: `qml.run/1`.
    """
    manifest = document["manifest"]
    return [
        ("when", _when(manifest)),
        ("stopped by", _stopped(manifest)),
        ("data", inline(manifest["data"])),
        ("backend", _backend(manifest["backend"])),
        ("code", _code(manifest["code"])),
        ("seeds", _seeds(manifest["seeds"])),
        ("machine", inline(manifest["environment"])),
        ("packages", packages(manifest["packages"])),
        ("artifacts", artifacts(manifest["artifacts"])),
        ("usage", inline(manifest["usage"])),
        ("repeats", manifest.get("parent") or ""),
        ("folder", document["run_dir"]),
    ]


def packages(found: Mapping[str, str]) -> str:
    """Name the packages that can change a result, and count the rest."""
    noted = [f"{name} {found[name]}" for name in _NOTED if name in found]
    rest = len(found) - len(noted)
    return ", ".join(noted) + (f" and {rest} more" if noted and rest else "")


def artifacts(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Name the artifacts with their sizes."""
    return ", ".join(f"{path} ({numbers.size(about['bytes'])})" for path, about in found.items())


def _when(manifest: Mapping[str, Any]) -> str:
    lasted = manifest["duration"]
    took = "" if lasted is None else f", {numbers.seconds(lasted)} in all"
    sessions = len(manifest["sessions"])
    times = f", in {sessions} sessions" if sessions > 1 else ""
    return f"{numbers.moment(manifest['start'])}{took}{times}"


def _stopped(manifest: Mapping[str, Any]) -> str:
    error = manifest.get("error")
    if error:
        return f"{error['type']}: {error['message']}"
    return (manifest.get("stop_reason") or "").replace("_", " ")


def _backend(found: Mapping[str, Any]) -> str:
    about = inline(found.get("snapshot") or {})
    return f"{found.get('name', '')}{f' ({about})' if about else ''}"


def _code(found: Mapping[str, Any]) -> str:
    if not found.get("commit"):
        return "not under version control" if found else ""
    dirty = " with uncommitted changes" if found.get("dirty") else ""
    return f"commit {short(found['commit'])}{dirty}"


def _seeds(found: Mapping[str, Any]) -> str:
    derived = found.get("derived") or {}
    told = ", ".join(f"{name} {seed}" for name, seed in derived.items())
    names = f"; derived: {told}" if told else ""
    return f"root {found['root']}{names}" if "root" in found else ""
