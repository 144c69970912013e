"""`qml bench --resume`: the newest benchmark of the same settings that was interrupted."""

from pathlib import Path
from typing import Any

from qml.config import Config
from qml.config.origins import flatten
from qml.records import RESUMABLE, RunFolder, list_runs

DECIDING_NOTHING = ("project", "tracking", "budget", "ledger", "pricing")
PARALLEL = "bench.parallel"


def interrupted(config: Config, runs: Path) -> RunFolder | None:
    """Return the newest run that the same command began and that did not end, or None.

    How many cells run at a time may differ.

    Args:
        config: Configuration of the command.
        runs: Folder of all runs.
    """
    wanted = _key(config.document())
    for entry in list_runs(runs):
        manifest = entry.manifest
        if manifest is None or manifest["command"] != "bench":
            continue
        run = RunFolder(entry.path)
        open_ = manifest["status"] in RESUMABLE or manifest["status"] == "running"
        if open_ and not run.alive() and _key(manifest["config"]) == wanted:
            return run
    return None


def _key(document: dict[str, Any]) -> dict[str, Any]:
    """Return what was chosen; a key that is new in qml was not."""
    kept = {k: v for k, v in document.items() if k not in DECIDING_NOTHING}
    flat, defaults = flatten(kept), flatten(Config().document())
    return {k: v for k, v in flat.items() if k != PARALLEL and v != defaults.get(k)}
