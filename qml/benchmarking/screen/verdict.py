"""Whether there is any point in using a quantum model, by rules that are written down here.

Nothing of this can claim an advantage: it can only exclude one, or not.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

SMALL = 2.0
"""A tuned g up to this leaves no room, whatever the number of rows."""
SHARE = 8.0
"""Nor does one up to the eighth part of sqrt(N)."""
SURE = 0.05
"""Chance of calling a difference of accuracies one that is none."""

Code = Literal["impossible", "not_on_these_labels", "not_seen", "not_excluded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a verdict goes by.

    Attributes:
        rows: N.
        g: Tuned geometric difference over all rows.
        complexity: s_K of the quantum kernel.
        rival_complexity: The least of the classical kernels.
        accuracy: Of the quantum machine, on rows left out.
        rival_accuracy: Of the tuned classical machine on the same rows.
        p_value: Of the difference, exact McNemar.
    """

    rows: int
    g: float
    complexity: float
    rival_complexity: float
    accuracy: float
    rival_accuracy: float
    p_value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the evidence allows to say.

    Attributes:
        code: For programs.
        words: One or two sentences.
    """

    code: Code
    words: str


def bound(rows: int) -> float:
    """Return the g up to which no advantage is possible."""
    return max(SMALL, sqrt(rows) / SHARE)


def decide(found: Evidence) -> Verdict:
    """Apply the rules, the strongest first.

    1. g <= max(2, sqrt(N)/8): no labels exist that would favour the quantum kernel by much.
    2. s_C <= s_Q: these labels are no harder for a classical kernel.
    3. Accuracies on rows left out do not speak for the quantum machine.
    4. Else it is not excluded, and has to be trained and compared.
    """
    most, sides = bound(found.rows), f"g = {found.g:.3g} (sqrt(N) = {sqrt(found.rows):.3g})"
    if found.g <= most:
        return Verdict(
            code="impossible",
            words=f"no advantage possible: {sides}, so that a tuned classical kernel needs at most"
            f" {found.g**2:.2g} times as many rows, whatever the labels.",
        )
    if found.rival_complexity <= found.complexity:
        return Verdict(
            code="not_on_these_labels",
            words=f"no advantage on these labels: {sides} would leave room on others, but these are"
            f" no harder for a classical kernel (s = {found.rival_complexity:.3g} against"
            f" {found.complexity:.3g}).",
        )
    accuracies = f"{found.accuracy:.3f} against {found.rival_accuracy:.3f}, p = {found.p_value:.2g}"
    if found.accuracy <= found.rival_accuracy or found.p_value >= SURE:
        return Verdict(
            code="not_seen",
            words=f"not excluded, and not seen: {sides} leaves room, but on rows left out the"
            f" quantum machine is not better ({accuracies}).",
        )
    return Verdict(
        code="not_excluded",
        words=f"not excluded: {sides}, and on rows left out {accuracies}. That is no advantage yet:"
        " next train and compare, e.g. `qml bench --suite project`.",
    )
