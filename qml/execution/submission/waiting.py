"""Waiting that can be interrupted."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from qml.errors import InterruptedRunError
from qml.execution.stop import StopRequest
from qml.ports import Clock

SLICE = 0.1


@dataclass(frozen=True, slots=True)
class Patience:
    """Waits, and looks up now and then whether somebody asked to stop.

    Attributes:
        clock: What time it is.
        stop: Whether somebody asked to stop; None where nobody can.
        sleep: Lets time pass (seconds).
    """

    clock: Clock
    stop: StopRequest | None = None
    sleep: Callable[[float], None] = field(default=time.sleep)

    def wait(self, seconds: float) -> None:
        """Let time pass.

        Raises:
            InterruptedRunError: Somebody asked to stop; jobs at the vendor go on, and are adopted.
        """
        until = self.clock.monotonic() + seconds
        while True:
            self.check()
            left = until - self.clock.monotonic()
            if left <= 0:
                return
            self.sleep(min(SLICE, left))

    def check(self) -> None:
        """Look up whether somebody asked to stop.

        Raises:
            InterruptedRunError: Somebody did.
        """
        if self.stop is not None and self.stop.requested:
            raise InterruptedRunError("stopped; jobs at the vendor go on there")
