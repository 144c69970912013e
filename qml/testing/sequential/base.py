"""What a sequential test is, and the loop that feeds it.

A test looks at most `LOOKS` times. Two errors are kept apart: `delta` is the probability that it
fails a right program, `MISS` the probability that at one of its looks it passes a program that is
as wrong as the test must see. Rejection is controlled at every look, acceptance only at these.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any, Protocol

MISS = 1e-6
"""Probability that a program at the distance to be seen passes before the last look."""

GROWTH = 1.25
LOOKS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one look showed.

    Attributes:
        passed: The answer, or None where the test is not sure yet.
        distance: Estimate of the distance that is tested.
        p_value: Bound on the probability of such evidence under a right program; anytime-valid.
        by: What decided, in words.
    """

    passed: bool | None
    distance: float
    p_value: float
    by: str


class SequentialTest(Protocol):
    """A test that is fed in batches."""

    @property
    def shots(self) -> int:
        """Shots after which it certainly decides."""
        ...

    def see(self, batch: Any) -> None:
        """Take a batch of independent shots."""
        ...

    def look(self, *, last: bool) -> Finding:
        """Judge all that was seen; at the last look it decides."""
        ...


def schedule(shots: int) -> Iterator[int]:
    """Yield the sizes of at most `LOOKS` batches, in all `shots`, each look a quarter later."""
    seen = 0
    for place in reversed(range(LOOKS)):
        upto = ceil(shots / GROWTH**place)
        if upto > seen:
            yield upto - seen
            seen = upto


def run(test: SequentialTest, draw: Callable[[int, int], Any]) -> tuple[Finding, int]:
    """Feed a test until it is sure.

    Args:
        test: What decides.
        draw: `(shots, number of the batch) -> batch`.

    Returns:
        The deciding look, and the shots taken.
    """
    taken = 0
    for number, size in enumerate(schedule(test.shots)):
        test.see(draw(size, number))
        taken += size
        finding = test.look(last=taken == test.shots)
        if finding.passed is not None:
            return finding, taken
    raise AssertionError("the last look decides")
