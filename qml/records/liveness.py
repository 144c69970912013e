"""Does a process still work on a run? Its lock tells, since the system frees it on death."""

import fcntl
import os
from pathlib import Path

LOCK = ".lock"
# Stands in the folder while a session is open, so that looking for dead runs reads no manifest.
ACTIVE = ".active"


def is_held(run: Path) -> bool:
    """Say whether a process holds the lock of a run.

    A shared lock is asked for and given back at once: two askers never disturb each other, and
    nothing is written.
    """
    try:
        descriptor = os.open(run / LOCK, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def last_sign(run: Path) -> float:
    """Return when a run last wrote something that matters, in seconds since the epoch."""
    watched = [run / "manifest.json", run / "metrics.jsonl", *(run / "checkpoints").glob("*")]
    return max(path.stat().st_mtime for path in watched if path.exists())
