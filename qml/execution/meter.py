"""What a run has used so far."""

from typing import Protocol

from qml.results.usage import Usage


class Meter(Protocol):
    """Sees every submission before and after it happens."""

    @property
    def total(self) -> Usage:
        """What was used so far."""
        ...

    def allow(self, usage: Usage) -> None:
        """Admit work that is about to be submitted.

        Raises:
            BudgetError: It would leave the plan's envelope.
        """
        ...

    def record(self, usage: Usage) -> None:
        """Add what was really used."""
        ...


class UsageMeter:
    """Adds up usage on backends that cost nothing; admits everything."""

    def __init__(self) -> None:
        self._total = Usage()

    @property
    def total(self) -> Usage:
        """What was used so far."""
        return self._total

    def allow(self, usage: Usage) -> None:
        """Admit: free work has no envelope to leave."""

    def record(self, usage: Usage) -> None:
        """Add what was used."""
        self._total += usage
