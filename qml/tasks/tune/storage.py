"""Where a study is kept: one journal file of Optuna's, which one process at a time writes.

`optuna-dashboard .qml/studies/NAME.journal` shows it while it grows. A journal line is appended
with one write and synchronised, so that a process that dies leaves at most half a line, which is
cut off before the next one is written.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qml.errors import MissingExtraError, RunError
from qml.files import FileLock

if TYPE_CHECKING:
    from optuna.storages import BaseStorage

FOLDER = ".qml/studies"
SUFFIX = ".journal"
STALE = 2.0
"""Seconds after which the lock of a journal belongs to nobody; an append takes milliseconds."""


def journal_path(root: Path, name: str) -> Path:
    """Return the file of a study."""
    return root / FOLDER / f"{name}{SUFFIX}"


def require_optuna() -> None:
    """Check that Optuna is there, and keep it from talking.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import optuna
    except ModuleNotFoundError as error:
        raise MissingExtraError(error.name or "optuna", extra="tune") from error
    optuna.logging.set_verbosity(optuna.logging.ERROR)


@contextmanager
def writing(root: Path, name: str) -> Iterator["BaseStorage"]:
    """Open the storage of a study as its only writer.

    Raises:
        RunError: Another process works on the study.
    """
    path = journal_path(root, name)
    lock = FileLock(path.with_suffix(".writer"))
    if not lock.acquire():
        raise RunError(
            f"the study `{name}` is in use by another process",
            hint="wait until it ends, or stop it; --parallel N runs N trials of a study at a time",
        )
    try:
        _mend(path)
        yield open_storage(path)
    finally:
        lock.release()


def open_storage(path: Path) -> "BaseStorage":
    """Open a journal; reading needs no lock."""
    require_optuna()
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend, JournalFileOpenLock

    return JournalStorage(JournalFileBackend(str(path), JournalFileOpenLock(str(path))))


def _mend(path: Path) -> None:
    """Cut off what a process that died wrote by half, and drop the lock that it held."""
    stale = Path(f"{path}.lock")
    if stale.exists() and time.time() - stale.lstat().st_mtime > STALE:
        stale.unlink(missing_ok=True)
    if not path.exists():
        return
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        with path.open("r+b") as stream:
            stream.truncate(whole)
