"""Progress of a run among many: one bar for all is enough, but what is said is heard."""

from contextlib import AbstractContextManager

from qml.ports import Bar, Progress, Silence


class Hushed:
    """Shows no bars.

    Args:
        outer: Who watches them all.
    """

    def __init__(self, outer: Progress) -> None:
        self._outer = outer

    def bar(self, title: str, total: int | None) -> AbstractContextManager[Bar]:
        """Open a bar that shows nothing."""
        return Silence().bar(title, total)

    def say(self, message: str) -> None:
        """Tell it to whom watches them all."""
        self._outer.say(message)
