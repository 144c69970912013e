"""What a suite's assertions used in all; reports of the tests carry it, from any worker."""

from collections.abc import Iterable
from dataclasses import dataclass

from qml.testing.suite.trial import Trial

_PREFIX = "quantum_"


@dataclass(slots=True)
class Tally:
    """Sums over assertions.

    Attributes:
        assertions: Number of statistical assertions.
        shots: Shots taken.
        planned: Shots that they would have taken without stopping early.
    """

    assertions: int = 0
    shots: int = 0
    planned: int = 0

    def add(self, properties: Iterable[tuple[str, object]]) -> None:
        """Add what a test's report carries."""
        for name, value in properties:
            if name.startswith(_PREFIX) and isinstance(value, int):
                key = name.removeprefix(_PREFIX)
                setattr(self, key, getattr(self, key) + value)

    def line(self, rate: float) -> str:
        """Return the summary line.

        Args:
            rate: Error rate of the suite.
        """
        saved = 1 - self.shots / self.planned if self.planned else 0.0
        return (
            f"quantum: {self.assertions:,} assertions, {self.shots:,} shots "
            f"({saved:.0%} saved by stopping early), suite error rate <= {rate:g}"
        )


def properties(trial: Trial) -> list[tuple[str, object]]:
    """Return what a test's report is to carry; nothing where it made no assertion."""
    if not trial.spent:
        return []
    return [
        (f"{_PREFIX}assertions", len(trial.spent)),
        (f"{_PREFIX}shots", sum(s.shots for s in trial.spent)),
        (f"{_PREFIX}planned", sum(s.planned for s in trial.spent)),
        (f"{_PREFIX}seed", str(trial.seed)),
    ]
