"""What the run of a cell came to, as what is judged."""

from collections.abc import Mapping
from typing import Any

from qml.benchmarking.base import Cell
from qml.benchmarking.result import CellResult, State
from qml.records import RunFolder
from qml.tasks.answers import read_predictions
from qml.tasks.runs import require_outcome

FACTS = ("facts", "settings", "options")


def read(cell: Cell, run: RunFolder, state: State, why: str, seconds: float) -> CellResult:
    """Read what the run of a cell came to.

    Raises:
        RunError: The run has lost its outcome.
    """
    import numpy as np

    outcome: dict[str, Any] = require_outcome(run)
    answers = sorted(read_predictions(run))
    manifest = run.manifest()
    skipped = outcome.get("skipped")
    return CellResult(
        cell=cell,
        state="skipped" if skipped else state,
        why=skipped or why,
        run_id=run.id,
        metrics=outcome["metrics"],
        timings=outcome.get("timings", ()),
        samples=outcome.get("samples", {}),
        facts={**{key: outcome[key] for key in FACTS if key in outcome}, **_demand(manifest)},
        correct=np.array([y == p for _, y, p in answers], dtype=bool) if answers else None,
        rows=np.array([row for row, _, _ in answers], dtype=np.int64) if answers else None,
        rows_of=(manifest["data"].get("digests") or {}).get("data") if answers else None,
        cost=outcome.get("cost"),
        seconds=seconds,
    )


def _demand(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the gates of one circuit of the run, and what it submitted."""
    found = manifest.get("circuits", {}).get("resources", {})
    gates: dict[str, Any] = next((found[name] for name in ("model", *found) if name in found), {})
    kept = ("one_qubit", "two_qubit", "wider", "depth")
    resources = {key: gates[key] for key in kept if key in gates}
    return {"resources": resources, "usage": dict(manifest.get("usage") or {})}
