"""Progress where there is no terminal: a line at the start, one now and then, one at the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qml.ports import Bar, Clock, SystemClock
from qml.report.progress.facts import join
from qml.units import duration

EVERY_SECONDS = 15.0


class LineProgress:
    """Writes lines through `write`.

    Args:
        write: Writes one line of talk.
        clock: Tells the time.
    """

    def __init__(self, write: Callable[[str], None], clock: Clock | None = None) -> None:
        self._write = write
        self._clock = clock or SystemClock()

    @contextmanager
    def bar(self, title: str, total: int | None) -> Iterator[Bar]:
        """Announce the work, yield its bar, and say at the end how long it took."""
        self._write(title if total is None else f"{title} (0/{total:,})")
        bar = _LineBar(title, total, self._write, self._clock)
        try:
            yield bar
        except BaseException:
            self._write(bar.line("stopped"))
            raise
        self._write(bar.line("done"))

    def say(self, message: str) -> None:
        """Write one line."""
        self._write(message)


class _LineBar:
    def __init__(
        self, title: str, total: int | None, write: Callable[[str], None], clock: Clock
    ) -> None:
        self._title = title
        self._total = total
        self._write = write
        self._clock = clock
        self._start = self._last = clock.monotonic()
        self._done = 0
        self._facts: dict[str, str] = {}

    def advance(self, steps: int = 1, **facts: str) -> None:
        """Count steps and write a line where the last one is old enough."""
        self._done += steps
        self._facts |= facts
        now = self._clock.monotonic()
        if now - self._last >= EVERY_SECONDS:
            self._last = now
            self._write(self.line("so far"))

    def line(self, state: str) -> str:
        """Describe the state: how much, how long, how much longer, and the facts."""
        elapsed = self._clock.monotonic() - self._start
        parts = [f"{duration(elapsed)} {state}"]
        if state == "so far" and self._total and 0 < self._done < self._total:
            left = elapsed / self._done * (self._total - self._done)
            parts.append(f"about {duration(left)} left")
        if self._facts:
            parts.append(join(self._facts))
        return f"{self._title} {self._count()}: {', '.join(parts)}".replace(" :", ":")

    def _count(self) -> str:
        if self._total is None:
            return f"({self._done:,})" if self._done else ""
        return f"({self._done:,}/{self._total:,})"
