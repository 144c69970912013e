"""How a run folder comes into being: built in a hidden folder, then renamed."""

import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import tomli_w

from qml.errors import RunError
from qml.files import FileLock, write_json, write_text
from qml.records.liveness import ACTIVE, LOCK, is_held
from qml.records.manifest import FILE, Manifest

PREFIX = ".new-"
# Between making a hidden folder and locking it pass milliseconds; this is ample.
_GRACE = 60.0


def bear(runs: Path, manifest: Manifest) -> tuple[Path, FileLock]:
    """Build the folder of a new run and move it into place in one step.

    Args:
        runs: Folder of all runs; made if missing.
        manifest: First manifest, credentials removed.

    Returns:
        The folder, and its lock, held from before others could see the folder.

    Raises:
        RunError: The folder cannot be written.
    """
    try:
        runs.mkdir(parents=True, exist_ok=True)
        hidden = Path(tempfile.mkdtemp(dir=runs, prefix=PREFIX))
    except OSError as error:
        raise _unwritable(runs, error) from error
    lock = FileLock(hidden / LOCK)
    try:
        lock.acquire(wait=True)
        _fill(hidden, manifest)
        path = runs / manifest["run_id"]
        hidden.rename(path)
    except OSError as error:
        lock.release()
        shutil.rmtree(hidden, ignore_errors=True)
        raise _unwritable(runs, error) from error
    lock.path = path / LOCK
    return path, lock


def clear_unborn(runs: Path) -> None:
    """Remove hidden folders whose process died before the run was born."""
    for hidden in runs.glob(f"{PREFIX}*"):
        try:
            if time.time() - hidden.stat().st_mtime > _GRACE and not is_held(hidden):
                shutil.rmtree(hidden, ignore_errors=True)
        except FileNotFoundError:  # renamed by its owner in between
            continue


def _fill(folder: Path, manifest: Manifest) -> None:
    folder.chmod(0o755)
    (folder / ACTIVE).touch()
    for name in ("artifacts", "checkpoints"):
        (folder / name).mkdir()
    config: dict[str, Any] = manifest["config"]
    write_text(folder / "config.toml", tomli_w.dumps(config))
    write_json(folder / FILE, manifest)


def _unwritable(runs: Path, error: OSError) -> RunError:
    return RunError(
        f"no run can be made in {runs}: {error.strerror}",
        hint="set `project.runs` to a folder that you may write",
    )
