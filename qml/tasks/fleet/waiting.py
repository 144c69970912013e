"""Waiting for a run that another process still has."""

import time
from collections.abc import Callable

from qml.records import RunFolder

PATIENCE, LOOK_UP = 60.0, 0.1
"""Seconds that an orphaned worker is waited for, and between two looks."""


def await_free(run: RunFolder, stop: Callable[[], bool] = lambda: False) -> None:
    """Wait for a worker of a process that died: it saves the state of its run and ends."""
    until = time.monotonic() + PATIENCE
    while run.alive() and time.monotonic() < until and not stop():
        time.sleep(LOOK_UP)
