"""`qml runs resume`: go on from the last checkpoint; a finished run just answers again."""

from pathlib import Path
from typing import Any

from qml.config import validate
from qml.errors import RunError
from qml.records import RunFolder
from qml.session import World
from qml.tasks.runs import read_outcome
from qml.tasks.train import run as run_training


def resume(run: RunFolder, root: Path, world: World) -> dict[str, Any]:
    """Finish a run.

    Returns:
        The document `qml.train/1` of the run.

    Raises:
        RunError: Another process works on it, or it is no training.
        InterruptedRunError: It was interrupted again.
    """
    manifest = run.manifest()
    if manifest["status"] == "finished":
        outcome = read_outcome(run)
        if outcome is not None:
            return outcome
    if manifest["command"] not in {"train", "replay"}:
        raise RunError(f"run {run.id} is a `{manifest['command']}`; only trainings resume")
    config = validate(manifest["config"])
    run.take()
    return run_training(run, config, root, world).document()
