"""Protocols for what the outside world lends us: a clock, and somebody who watches the progress."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> float:
        """Return seconds since the epoch, UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds of a clock that never goes back."""
        ...


class Bar(Protocol):
    """One progress bar."""

    def advance(self, steps: int = 1, **facts: str) -> None:
        """Move on by `steps` and show `facts` (already formatted) beside the bar."""
        ...


class Progress(Protocol):
    """Shows that long work goes on. Library code is handed one; it never prints."""

    def bar(self, title: str, total: int | None) -> AbstractContextManager[Bar]:
        """Open a bar; `total` is None where the amount of work is not known."""
        ...

    def say(self, message: str) -> None:
        """Tell a person something worth knowing now (standard error, one line)."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        """Return seconds since the epoch, UTC."""
        import time

        return time.time()

    def monotonic(self) -> float:
        """Return seconds of a clock that never goes back."""
        import time

        return time.monotonic()


class Silence:
    """Progress for library use: nobody watches."""

    @contextmanager
    def bar(self, title: str, total: int | None) -> Iterator[Bar]:
        """Yield a bar that shows nothing."""
        del title, total
        yield _SilentBar()

    def say(self, message: str) -> None:
        """Say nothing."""


class _SilentBar:
    def advance(self, steps: int = 1, **facts: str) -> None:
        del steps, facts
