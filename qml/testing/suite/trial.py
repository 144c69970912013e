"""The test that runs now: its share of the error rate, its seed, and what its assertions used."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from qml.seeds import derive
from qml.testing.suite.shares import assertion_share

ERROR_RATE = 1e-6
"""Probability that a suite of right programs has even one false alarm."""


class Allowance(NamedTuple):
    """What one assertion may spend.

    Attributes:
        delta: Probability that it fails a right program.
        seed: Seed of its shots.
        name: The test and the assertion's number in it.
    """

    delta: float
    seed: int
    name: str


class Spent(NamedTuple):
    """What one assertion used.

    Attributes:
        shots: Shots that were taken.
        planned: Shots that it would have taken without stopping early.
    """

    shots: int
    planned: int


@dataclass(slots=True, kw_only=True)
class Trial:
    """One test.

    Attributes:
        name: Its id.
        share: Probability that any of its assertions fails a right program.
        seed: Root of the seeds of its assertions.
        shots: Shots of every assertion, or None where they are computed.
        backend: Opened backend on which circuits run where an assertion names none, or its name.
        begun: Assertions begun so far.
        spent: What the finished ones used.
    """

    name: str = "no test"
    share: float = ERROR_RATE
    seed: int = 0
    shots: int | None = None
    backend: Any = "jax"
    begun: int = 0
    spent: list[Spent] = field(default_factory=list)

    def allow(self) -> Allowance:
        """Begin the next assertion."""
        self.begun += 1
        return Allowance(
            delta=assertion_share(self.share, self.begun),
            seed=derive(self.seed, str(self.begun)),
            name=f"{self.name}, assertion {self.begun}",
        )


_STACK = [Trial()]


def current() -> Trial:
    """Return the test that runs now; outside of any, one for the whole process."""
    return _STACK[-1]


@contextmanager
def running(trial: Trial) -> Iterator[Trial]:
    """Make `trial` the test that runs now."""
    _STACK.append(trial)
    try:
        yield trial
    finally:
        _STACK.pop()
