"""Close the runs whose process died: nobody else will."""

from pathlib import Path

from qml.errors import RunError
from qml.records.birth import clear_unborn
from qml.records.folder import RunFolder
from qml.records.liveness import ACTIVE, is_held


def sweep(runs: Path) -> list[RunFolder]:
    """Mark every run whose process is dead as killed.

    Cheap enough for every command: a run that ended well has no marker, and its manifest is not
    read.

    Args:
        runs: Folder of all runs; need not exist.

    Returns:
        The runs that were marked now.
    """
    clear_unborn(runs)
    markers = sorted(runs.glob(f"[!.]*/{ACTIVE}"))
    return [run for run in map(_close_if_dead, markers) if run is not None]


def _close_if_dead(marker: Path) -> RunFolder | None:
    run = RunFolder(marker.parent)
    if is_held(run.path):
        return None
    try:
        run.lock()
    except RunError:  # somebody resumes it at this very moment
        return None
    try:
        return run if _close(run) else None
    except RunError:  # the manifest cannot be read; `list_runs` reports it
        return None
    finally:
        run.release()


def _close(run: RunFolder) -> bool:
    if run.manifest()["status"] != "running":
        (run.path / ACTIVE).unlink(missing_ok=True)
        return False
    run.finalise("killed", stop_reason="its process died")
    return True
