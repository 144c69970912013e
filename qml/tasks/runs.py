"""`qml runs`: list, show, compare, restore and export what was run."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qml.errors import RunError
from qml.records import Manifest, RunEntry, RunFolder, list_runs
from qml.records.difference import why_different, with_sources
from qml.records.purchases import bought_anew
from qml.records.restore import restore as restore_run

Document = dict[str, Any]


def list_document(runs: Path) -> Document:
    """Return `qml.runs/1`: all runs, newest first."""
    return {"schema": "qml.runs/1", "runs": [_row(entry) for entry in list_runs(runs)]}


def diff_document(left: RunFolder, right: RunFolder, root: Path) -> Document:
    """Return `qml.diff/1`: why two runs differ, first cause first."""
    found = why_different(left.manifest(), right.manifest())
    bought = bought_anew(left, right)
    return {
        "schema": "qml.diff/1",
        "left": left.id,
        "right": right.id,
        "differences": [asdict(d) for d in (*with_sources(found, left, right, root=root), *bought)],
    }


def restore(run: RunFolder, target: Path, root: Path) -> Document:
    """Lay out code, configuration and pinned packages of a run; returns `qml.restore/1`."""
    files = restore_run(run, target, root=root)
    return {
        "schema": "qml.restore/1",
        "run_id": run.id,
        "folder": str(target),
        "files": files,
    }


def export(run: RunFolder, target: Path) -> Document:
    """Write a Process Run Crate; returns `qml.export/1`.

    Raises:
        MissingExtraError: The extra `rocrate` is not installed.
    """
    from qml.records.crate import export_crate

    folder = export_crate(run, target)
    return {
        "schema": "qml.export/1",
        "run_id": run.id,
        "format": "ro-crate",
        "folder": str(folder),
    }


def read_outcome(run: RunFolder) -> Document | None:
    """Return the document that the run's command printed, or None where it has not finished."""
    if not run.outcome_path.exists():
        return None
    document: Document = json.loads(run.outcome_path.read_text(encoding="utf-8"))
    return document


def require_outcome(run: RunFolder) -> Document:
    """Return the document that a finished run's command printed.

    Raises:
        RunError: The run has lost it.
    """
    outcome = read_outcome(run)
    if outcome is None:
        raise RunError(f"run {run.id} has lost its outcome.json; it cannot be compared")
    return outcome


def _row(entry: RunEntry) -> Document:
    manifest = entry.manifest
    if manifest is None:
        empty = dict.fromkeys(
            ("name", "command", "kind", "started", "seconds", "backend", "model", "test_accuracy")
        )
        return {"run_id": entry.id, "status": "damaged", **empty, "run_dir": str(entry.path)}
    return {
        "run_id": entry.id,
        "status": manifest["status"],
        "name": manifest["name"],
        "command": manifest["command"],
        "kind": _kind(manifest),
        "started": manifest["start"],
        "seconds": manifest["duration"],
        "backend": manifest["backend"].get("name"),
        "model": manifest["model"].get("kind"),
        "test_accuracy": manifest["metrics"].get("test_accuracy"),
        "run_dir": str(entry.path),
    }


def _kind(manifest: Manifest) -> str | None:
    """Tell what a command was about."""
    if manifest["command"] == "sample":
        kind: str | None = manifest["config"].get("sample", {}).get("kind")
        return kind
    return manifest["model"].get("kind")
