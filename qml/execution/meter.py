"""What a run has used so far."""

from typing import Protocol

from qml.results.usage import Usage


class Meter(Protocol):
    """Sees every submission."""

    @property
    def total(self) -> Usage:
        """What was used so far."""
        ...

    def record(self, usage: Usage) -> None:
        """Add what was used."""
        ...


class UsageMeter:
    """Adds up usage."""

    def __init__(self) -> None:
        self._total = Usage()

    @property
    def total(self) -> Usage:
        """What was used so far."""
        return self._total

    def record(self, usage: Usage) -> None:
        """Add what was used."""
        self._total += usage
