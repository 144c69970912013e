"""A clock that only tests move."""

START = 1_795_255_392.0


class FakeClock:
    """Implements `qml.ports.Clock`; its `sleep` takes no time and lets time pass.

    Args:
        now: Seconds since the epoch at the beginning.
    """

    def __init__(self, now: float = START) -> None:
        self._wall = now
        self._steady = 0.0
        self.slept = 0.0

    def now(self) -> float:
        """Return seconds since the epoch, UTC."""
        return self._wall

    def monotonic(self) -> float:
        """Return seconds of a clock that never goes back."""
        return self._steady

    def sleep(self, seconds: float) -> None:
        """Let time pass on both clocks."""
        self._wall += seconds
        self._steady += seconds
        self.slept += seconds

    def jump(self, seconds: float) -> None:
        """Set the wall clock forward or back; the steady one does not notice."""
        self._wall += seconds
