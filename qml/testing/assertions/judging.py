"""What all statistical assertions share: shots, the report to the suite, the words of a failure."""

from typing import Any, Protocol

from qml.errors import PlanError
from qml.testing.sequential.base import Finding
from qml.testing.suite.trial import Allowance, Spent, current

_LEAST = 1e-300


def check_sizes(*, epsilon: float, tolerance: float) -> None:
    """Refuse sizes that mean nothing.

    Raises:
        PlanError: `epsilon` is not above 0, or `tolerance` is negative.
    """
    if not epsilon > 0 or not tolerance >= 0:
        raise PlanError(
            f"epsilon must be above 0 and tolerance at least 0, got {epsilon} and {tolerance}"
        )


class Sized(Protocol):
    """A test that knows how many shots it takes to see a difference."""

    needed: int
    shots: int
    delta: float


def check_shots(test: Sized, epsilon: float) -> None:
    """Refuse shots that cannot show a difference of `epsilon`.

    Raises:
        PlanError: There are fewer than needed.
    """
    __tracebackhide__ = True
    if test.shots < test.needed:
        raise PlanError(
            f"{test.shots:,} shots cannot show a difference of epsilon = {epsilon:g} at an error"
            f" rate of {test.delta:.2g}: {test.needed:,} are needed",
            hint="take more shots, leave `shots` out so that they are computed, or accept a larger"
            " `epsilon`",
        )


def wanted_shots(given: int | None) -> int | None:
    """Return the shots of the call, else those of the test's marker, else None."""
    return current().shots if given is None else given


def report(shots: int, planned: int) -> None:
    """Tell the suite what an assertion used."""
    current().spent.append(Spent(shots=shots, planned=planned))


def evidence(finding: Finding, allowance: Allowance, shots: int, planned: int) -> str:
    """Return the line of numbers of a failure."""
    stopped = f" of {planned:,} planned" if shots < planned else ""
    p_value = f"p <= {finding.p_value:.2g}" if finding.p_value > _LEAST else f"p < {_LEAST:g}"
    return (
        f"{p_value} by {finding.by}, {shots:,} shots{stopped}, "
        f"error rate {allowance.delta:.2g} ({allowance.name}), seed {allowance.seed}"
    )


def distance_words(between: str, finding: Finding, limit: float, tolerance: float) -> str:
    """Return the line that tells a distance and what would have passed at these shots."""
    return (
        f"total variation distance {finding.distance:.4f} {between}, {limit:.4f} allowed at these "
        f"shots ({tolerance:.4g} tolerated, the rest by chance)"
    )


def fail(*parts: Any) -> None:
    """Raise AssertionError with the parts as lines; None is left out."""
    __tracebackhide__ = True
    raise AssertionError("\n".join(str(p) for p in parts if p is not None))
