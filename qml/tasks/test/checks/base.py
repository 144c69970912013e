"""What a built-in check is: a module with `TITLE`, `SECONDS` and `check(subject) -> Checked`.

Its entry point in `qml.checks.v1` names the module. A check looks at the model, the data and the
backend of one project; it never spends money and nothing it does leaves the machine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from qml.tasks.test.subject import Subject

State = Literal["passed", "warned", "failed", "skipped", "open"]
WORST: tuple[State, ...] = ("failed", "warned", "passed", "skipped", "open")
"""States from the worst one on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A number beside its threshold.

    Attributes:
        name: What was measured, e.g. `slope`.
        value: What was found.
        threshold: What it is held to, or None where it only informs.
        sense: `<=` or `>=`: how `value` should lie to `threshold`.
        low: Lower end of an interval, or None.
        high: Upper end, or None.
        unit: E.g. `bits/qubit`; empty for a plain number.
        state: What this number alone comes to.
    """

    name: str
    value: float
    threshold: float | None = None
    sense: Literal["<=", ">="] = "<="
    low: float | None = None
    high: float | None = None
    unit: str = ""
    state: State = "passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found.

    Attributes:
        state: The worst of its readings, or `skipped`.
        why: One sentence: what was found.
        advice: One sentence: what to do; empty where all is well.
        readings: Numbers beside their thresholds.
        tests: Statistical tests that could have failed by chance.
        facts: What else a reader wants to know, JSON values.
    """

    state: State
    why: str
    advice: str = ""
    readings: tuple[Reading, ...] = ()
    tests: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)


class Check(Protocol):
    """What a module of `qml.checks.v1` offers.

    Attributes:
        TITLE: What it asks, as a question.
        SECONDS: How long it takes on the scaffolded project with nothing compiled (seconds).
    """

    TITLE: str
    SECONDS: float

    def check(self, subject: "Subject") -> Checked:
        """Look.

        Raises:
            SkippedError: It cannot say anything here.
        """
        ...


def worst(states: Sequence[State]) -> State:
    """Return the worst of some states; `passed` where there are none."""
    return min(states, key=WORST.index, default="passed")


def held(
    name: str,
    value: float,
    threshold: float,
    *,
    sense: Literal["<=", ">="] = "<=",
    unit: str = "",
    beyond: State = "failed",
) -> Reading:
    """Hold a number to a threshold; it is `beyond` on the wrong side of it, or no number."""
    right = value <= threshold if sense == "<=" else value >= threshold
    state: State = "passed" if right else beyond
    return Reading(name=name, value=value, threshold=threshold, sense=sense, unit=unit, state=state)
