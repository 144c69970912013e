"""Kills a program at its N-th operation, before or after it takes effect.

The method is SQLite's: count the operations of a whole run, then fail at each of them in turn.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class FakeCrash(BaseException):
    """The process is gone; like a kill, it is no `Exception` that anybody could handle."""


class CrashPoint:
    """Counts operations, and crashes at one of them.

    Args:
        at: Number of the operation, from 1; None to count alone.
        after: Whether it takes effect before the crash.

    Attributes:
        calls: Names of the operations so far.
    """

    def __init__(self, at: int | None = None, *, after: bool = False) -> None:
        self._at = at
        self._after = after
        self.calls: list[str] = []

    def guard(self, target: T, *operations: str) -> T:
        """Return a stand-in for an object whose operations are counted; the rest is untouched."""
        return cast("T", _Guarded(target, operations, self._call))

    def _call(self, name: str, operation: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self.calls.append(name)
        due = len(self.calls) == self._at
        if due and not self._after:
            raise FakeCrash(name)
        try:
            found = operation(*args, **kwargs)
        except Exception as error:
            if due:
                raise FakeCrash(name) from error
            raise
        if due:
            raise FakeCrash(name)
        return found


class _Guarded:
    def __init__(
        self, target: object, operations: tuple[str, ...], call: Callable[..., Any]
    ) -> None:
        self._target = target
        self._operations = operations
        self._call = call

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._target, name)
        if name not in self._operations:
            return found
        label = f"{type(self._target).__name__}.{name}"
        return lambda *args, **kwargs: self._call(label, found, *args, **kwargs)
