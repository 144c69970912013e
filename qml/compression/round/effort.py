"""What a search may use, and what it used."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qml.ports import Clock


class Effort:
    """Counts one search over all layers.

    An evaluation is a code of one weight whose objective became known by the change it makes, or an
    assignment that a solver of QUBOs evaluated.

    Args:
        clock: What time it is.
        stop: Whether somebody asked to stop.
        seconds: Longest time of solving, or None; measuring is not in it.
        until: Evaluations after which it ends: those of a run that is repeated, or None.

    Attributes:
        stop: Whether somebody asked to stop.
        evaluations: Evaluations so far.
        late: Whether it ran out of time.
    """

    def __init__(
        self,
        clock: Clock,
        stop: Callable[[], bool],
        *,
        seconds: float | None = None,
        until: int | None = None,
    ) -> None:
        self.evaluations = 0
        self.late = False
        self.stop = stop
        self._clock = clock
        self._most, self._until = seconds, until
        self._spent = 0.0
        self._began: float | None = None

    @property
    def seconds(self) -> float:
        """Time of solving so far (s)."""
        running = 0.0 if self._began is None else self._clock.monotonic() - self._began
        return self._spent + running

    def over(self) -> bool:
        """Whether to end here; asked before each piece of work."""
        late = self._most is not None and self.seconds >= self._most
        done = self._until is not None and self.evaluations >= self._until
        self.late = self.late or late
        return late or done or self.stop()

    def spend(self, evaluations: int) -> None:
        """Count evaluations."""
        self.evaluations += evaluations

    @contextmanager
    def solving(self) -> Iterator[None]:
        """Count the time of what is done within."""
        self._began = self._clock.monotonic()
        try:
            yield
        finally:
            self._spent, self._began = self.seconds, None
