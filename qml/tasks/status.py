"""`qml status`: what runs, waits and costs now, from the ledger and the run folders."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from math import sqrt
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from qml.config import Loaded
from qml.execution.submission.draft import Entry
from qml.ledger import Beat, Ledger
from qml.records import RunFolder, list_runs, read_metrics, timestamp
from qml.session import World, open_project_ledger

LAST = 10
"""Steps over which the loss is averaged; its error bar is the standard error of that mean."""


def status_document(loaded: Loaded, runs: Path, world: World) -> dict[str, Any]:
    """Return `qml.status/1`: runs that work, and runs with jobs at a vendor."""
    now = world.clock.now()
    with open_project_ledger(loaded.config, loaded.root, world) as ledger:
        beats = {beat.run_id: beat for beat in ledger.beats()}
        rows = [
            _row(entry.path, ledger, beats.get(entry.id), now)
            for entry in list_runs(runs)
            if entry.manifest is not None and _current(entry.path, ledger)
        ]
    return {"schema": "qml.status/1", "at": timestamp(now), "runs": rows}


def _current(path: Path, ledger: Ledger) -> bool:
    run = RunFolder(path)
    return run.alive() or bool(ledger.open(run.id))


def _row(path: Path, ledger: Ledger, beat: Beat | None, now: float) -> dict[str, Any]:
    run = RunFolder(path)
    manifest = run.manifest()
    entries = ledger.entries(run_id=run.id)
    balance = ledger.balance(f"run:{run.id}")
    facts: Mapping[str, Any] = beat.facts if beat is not None else {}
    calibrated = _calibrated(manifest["backend"].get("snapshot", {}))
    return {
        "run_id": run.id,
        "name": manifest["name"],
        "backend": manifest["backend"].get("name"),
        "status": manifest["status"],
        "alive": run.alive(),
        **_loss(run),
        "jobs": dict(Counter(str(e.state) for e in entries if not e.state.final)),
        "phase": facts.get("phase"),
        "position": facts.get("position"),
        "wait_seconds": facts.get("wait"),
        "shots": sum(e.draft.shots for e in entries if _bought(e)),
        "spent": f"{balance.settled:.2f}",
        "reserved": f"{balance.reserved:.2f}",
        "cap": None if balance.cap is None else f"{balance.cap:.2f}",
        "currency": balance.currency,
        "calibration_age_seconds": None if calibrated is None else max(0.0, now - calibrated),
        "heartbeat_age_seconds": None if beat is None else max(0.0, now - beat.moment),
    }


def _calibrated(snapshot: Mapping[str, Any]) -> float | None:
    """Return the moment of the calibration that a backend tells of: seconds, or an ISO date."""
    found = snapshot.get("calibrated") or (snapshot.get("characterization") or {}).get("date")
    if isinstance(found, str):
        return datetime.fromisoformat(found).timestamp()
    return None if found is None else float(found)


def _bought(entry: Entry) -> bool:
    return entry.job_id is not None


def _loss(run: RunFolder) -> dict[str, Any]:
    """Return the last step and the loss around it."""
    rows = [row for row in read_metrics(run.metrics_path) if row.get("loss") is not None]
    losses = [row["loss"] for row in rows[-LAST:]]
    enough = len(losses) > 1
    return {
        "step": rows[-1]["step"] if rows else None,
        "loss": mean(losses) if losses else None,
        "loss_error": stdev(losses) / sqrt(len(losses)) if enough else None,
    }
