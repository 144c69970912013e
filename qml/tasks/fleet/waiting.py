"""Waiting for a run that another process still has."""

import time
from collections.abc import Callable

from qml.errors import InterruptedRunError
from qml.records import RunFolder

PATIENCE, LOOK_UP = 60.0, 0.1
"""Seconds that an orphaned worker is waited for, and between two looks."""


def await_free(run: RunFolder) -> None:
    """Wait for a worker of a process that died: it saves the state of its run and ends."""
    until = time.monotonic() + PATIENCE
    while run.alive() and time.monotonic() < until:
        time.sleep(LOOK_UP)


def await_end(run: RunFolder, stop: Callable[[], bool]) -> None:
    """Wait for whoever works on a run, however long that takes.

    Raises:
        InterruptedRunError: Somebody asked to stop meanwhile.
    """
    while run.alive():
        if stop():
            raise InterruptedRunError(f"interrupted while another process worked on run {run.id}")
        time.sleep(LOOK_UP)
