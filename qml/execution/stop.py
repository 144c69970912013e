"""Ctrl-C and SIGTERM as a request that work honours between two steps."""

import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Self


class StopRequest:
    """Context manager: the first signal asks, the second one interrupts at once.

    Args:
        on_ask: Called at the first signal, e.g. to tell the person that it was heard.
    """

    def __init__(self, on_ask: Callable[[], None] | None = None) -> None:
        self.requested = False
        self._heard = False
        self._on_ask = on_ask
        self._previous: dict[int, Any] = {}

    def __enter__(self) -> Self:
        """Take over SIGINT and SIGTERM; outside the main thread signals stay as they are."""
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                self._previous[number] = signal.signal(number, self._ask)
            except ValueError:
                break  # not the main thread: a notebook's worker cannot own signals
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the signals back; what was heard is told to the request around this one."""
        for number, handler in self._previous.items():
            signal.signal(number, handler)
            outer = getattr(handler, "__self__", None)
            if self._heard and isinstance(outer, StopRequest):
                outer.requested = outer._heard = True  # noqa: SLF001 - another of this class

    def _ask(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if self.requested:
            raise KeyboardInterrupt
        self.requested = self._heard = True
        if self._on_ask is not None:
            self._on_ask()
