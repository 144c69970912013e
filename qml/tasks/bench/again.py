"""`qml bench --resume`: the newest benchmark of the same settings that was interrupted."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qml.config import Config
from qml.records import RESUMABLE, RunFolder, list_runs

DECIDING_NOTHING = ("project", "tracking", "budget", "ledger", "pricing")


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


def _key(document: Mapping[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in document.items() if k not in DECIDING_NOTHING}
    bench = {k: v for k, v in kept.get("bench", {}).items() if k != "parallel"}
    return {**kept, "bench": bench}
