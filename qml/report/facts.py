"""What a manifest says of a run, as pairs of words: the same in the terminal and in the report."""

from collections.abc import Mapping
from typing import Any

from qml.report import numbers, words
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
_NOT_SAID = frozenset({"kind", "files"})
Pair = tuple[str, str]


def about_run(document: Mapping[str, Any]) -> list[Pair]:
    """Return all facts about a run beside its results; what is not known is empty.

    Args:
        document: `qml.run/1`.
    """
    manifest = document["manifest"]
    return [
        ("when", _when(manifest)),
        ("stopped by", _stopped(manifest)),
        ("repeats", manifest["parent"] or ""),
        ("data", _data(manifest["data"], manifest["metrics"])),
        ("circuit", _circuit(manifest["circuits"].get("resources", {}).get("model"))),
        ("backend", _backend(manifest["backend"])),
        ("code", _code(manifest["code"])),
        ("seeds", _seeds(manifest["seeds"])),
        ("machine", _machine(manifest["environment"])),
        ("variables", _variables(manifest["environment"].get("variables") or {})),
        ("packages", packages(manifest["packages"])),
        ("artifacts", artifacts(manifest["artifacts"])),
        ("usage", inline({k: v for k, v in manifest["usage"].items() if v})),
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
    error = manifest["error"]
    if error:
        return f"{error['type']}: {error['message']}"
    reason = manifest["stop_reason"] or ""
    return "the last epoch" if reason == "epochs" else reason.replace("_", " ")


def _data(found: Mapping[str, Any], metrics: Mapping[str, Any]) -> str:
    source = {k: v for k, v in found.get("source", {}).items() if k not in _NOT_SAID}
    parts = [inline(source)] if source else []
    for part in ("train", "validation", "test"):
        rows = metrics.get(f"{part}_rows")
        if rows:
            parts.append(f"{rows:,} {part} rows")
    digest = found.get("digests", {}).get("data")
    return ", ".join([*parts, f"SHA-256 {short(digest)}"] if digest else parts)


def _circuit(found: Mapping[str, Any] | None) -> str:
    if not found:
        return ""
    gates = ", ".join(f"{count} {name}" for name, count in found["by_name"].items())
    return f"{words.plural(found['wires'], 'qubit')}, depth {found['depth']}: {gates}"


def _backend(found: Mapping[str, Any]) -> str:
    snapshot = found.get("snapshot") or {}
    about = inline({k: v for k, v in snapshot.items() if k not in {"name", "packages"}})
    chosen = f", chosen since {found['chosen']}" if found.get("chosen") else ""
    return f"{found.get('name', '')}{f' ({about})' if about else ''}{chosen}"


def _code(found: Mapping[str, Any]) -> str:
    if not found.get("commit"):
        return found.get("note") or ""
    branch = f" on {found['branch']}" if found.get("branch") else ""
    dirty = ", with uncommitted changes (kept in the run's folder)" if found.get("dirty") else ""
    return f"commit {short(found['commit'])}{branch}{dirty}"


def _seeds(found: Mapping[str, Any]) -> str:
    if "root" not in found:
        return ""
    derived = found.get("derived") or {}
    return f"{found['root']}" + (f", {len(derived)} others derive from it" if derived else "")


def _machine(found: Mapping[str, Any]) -> str:
    if not found:
        return ""
    devices = [d.get("kind") or d["platform"] for d in found.get("accelerators") or []]
    kinds = [kind for kind in dict.fromkeys(devices) if kind != "cpu"]
    memory = found.get("memory_bytes")
    parts = [
        found.get("cpu"),
        f"{found['threads']} of {words.plural(found['cores'], 'core')}" if "cores" in found else "",
        f"{numbers.size(memory)} of memory" if memory else "",
        *kinds,
        found.get("os"),
        found.get("machine"),
        f"{found.get('implementation', 'Python')} {found.get('python', '')}",
    ]
    return ", ".join(part.strip() for part in parts if part)


def _variables(found: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in found.items())
