"""Whether there is any point in using a quantum model, by rules that are written down here.

Nothing of this can claim an advantage: it can only exclude one, or not.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Literal

SMALL = 2.0
"""A tuned g up to this leaves no room: four times as many rows make up for anything."""
SURE = 0.05
"""Chance that any difference of accuracies on a page is called one although it is none."""

Code = Literal["impossible", "not_on_these_labels", "not_seen", "contradicted", "not_excluded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a verdict goes by.

    Attributes:
        rows: N.
        g: Tuned geometric difference over all rows.
        complexity: s_K of the quantum kernel, at the lambda that speaks most for it.
        rival_complexity: The least of the classical kernels there.
        accuracy: Of the quantum machine, on rows left out.
        rival_accuracy: Of the tuned classical machine on the same rows.
        p_value: Of the difference, exact McNemar after Holm over all tests of the page.
    """

    rows: int
    g: float
    complexity: float
    rival_complexity: float
    accuracy: float
    rival_accuracy: float
    p_value: float

    @property
    def better(self) -> bool:
        """Whether the quantum machine is significantly better on rows left out."""
        return self.accuracy > self.rival_accuracy and self.p_value < SURE

    @property
    def sides(self) -> str:
        """The tuned g beside sqrt(N), for a sentence."""
        return f"g = {self.g:.3g} (sqrt(N) = {sqrt(self.rows):.3g})"

    @property
    def accuracies(self) -> str:
        """The accuracies and their p-value, for a sentence."""
        return f"{self.accuracy:.3f} against {self.rival_accuracy:.3f}, p = {self.p_value:.2g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the evidence allows to say.

    Attributes:
        code: For programs.
        words: One or two sentences.
    """

    code: Code
    words: str


def decide(found: Evidence) -> Verdict:
    """Apply the rules.

    1. g <= 2: a classical kernel makes up for the difference with four times as many rows.
    2. s_C <= s_Q: these labels are no harder for a classical kernel.
    3. Accuracies on rows left out do not speak for the quantum machine.
    4. Else it is not excluded, and has to be trained and compared.

    Where accuracies do speak for the quantum machine although 1 or 2 holds, that is what is said:
    a bound with constants and a choice among 33 kernels do not outweigh rows that were answered.
    """
    against = _against(found)
    if found.better:
        return _better(found, against)
    if against is not None:
        return against
    return Verdict(
        code="not_seen",
        words=f"not excluded, and not seen: {found.sides} leaves room"
        f" (up to {found.g**2:.2g} times as many rows), but on rows left out the"
        f" quantum machine is not better ({found.accuracies}).",
    )


def _against(found: Evidence) -> Verdict | None:
    """Return what the kernels say against an advantage, or None."""
    if found.g <= SMALL:
        return Verdict(
            code="impossible",
            words=f"no advantage possible: {found.sides}, so that a tuned classical kernel needs at"
            f" most {found.g**2:.2g} times as many rows, whatever the labels.",
        )
    if found.rival_complexity <= found.complexity:
        return Verdict(
            code="not_on_these_labels",
            words=f"no advantage on these labels: {found.sides} would leave room on others, but"
            f" these are no harder for a classical kernel (s = {found.rival_complexity:.3g} against"
            f" {found.complexity:.3g}).",
        )
    return None


def _better(found: Evidence, against: Verdict | None) -> Verdict:
    train = "next train and compare, e.g. `qml bench --suite project`."
    if against is None:
        return Verdict(
            code="not_excluded",
            words=f"not excluded: {found.sides}, and on rows left out {found.accuracies}. That is"
            f" no advantage yet: {train}",
        )
    said = (
        f"{found.sides} says that at most {found.g**2:.2g} times as many rows make up for it"
        if against.code == "impossible"
        else f"{found.sides}, and these labels are no harder for a classical kernel (s ="
        f" {found.rival_complexity:.3g} against {found.complexity:.3g})"
    )
    return Verdict(
        code="contradicted",
        words=f"not excluded, the measures contradict each other: {said}, and yet on rows left out"
        f" the quantum machine is better ({found.accuracies}). That is no advantage yet: {train}",
    )
