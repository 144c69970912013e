"""Methods of error mitigation as a plan compares them, and the one that was chosen."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from qml.config.sections import MitigationSection
from qml.mitigation.error import Error


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One method before the run.

    Attributes:
        name: Method, with its fit where it has one.
        section: `[mitigation]` that means it.
        error: Predicted error of an expectation; None where it cannot be told.
        factor: Shots of an expectation, as a multiple of `backend.shots`.
        circuits: Circuits in place of one.
        price: Price of the whole run, expected.
        refused: Why it is no choice, or None.
        how: How the prediction was made.
    """

    name: str
    section: MitigationSection
    error: Error | None
    factor: float
    circuits: int
    price: Decimal
    refused: str | None
    how: str

    def document(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "method": self.name,
            "error": None if self.error is None else self.error.root,
            "uncertainty": None if self.error is None else self.error.root_uncertainty,
            "bias": None if self.error is None else self.error.bias,
            "deviation": None if self.error is None else self.error.deviation,
            "shots_factor": self.factor,
            "circuits_factor": self.circuits,
            "price": f"{self.price:.2f}",
            "refused": self.refused,
            "how": self.how,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was decided.

    Attributes:
        section: `[mitigation]`, `auto` resolved.
        chosen: The forecast of it.
        plain: That of no mitigation.
        forecasts: All that were looked at, `none` first.
    """

    section: MitigationSection
    chosen: Forecast
    plain: Forecast
    forecasts: tuple[Forecast, ...]

    @property
    def sentence(self) -> str:
        """Say what is expected: `mitigation: zne, error 0.043 -> 0.012 at 1.0x shots`."""
        if self.chosen.error is None or self.plain.error is None:
            return f"mitigation: {self.chosen.name}, of which nothing can be told before"
        before, after = said(self.plain.error), said(self.chosen.error)
        return (
            f"mitigation: {self.chosen.name}, error {before} -> {after} predicted"
            f" at {self.chosen.factor:.1f}x shots"
        )

    def document(self) -> dict[str, Any]:
        """Return JSON values for the plan and the manifest."""
        return {
            "method": self.section.method,
            "chosen": self.chosen.name,
            "methods": [f.document() for f in self.forecasts],
        }


def said(error: Error) -> str:
    """Write a predicted error: `0.043`, or `0.043 ± 0.002` where draws told it."""
    doubt = f"{error.root_uncertainty:.3f}"
    return f"{error.root:.3f}" + (f" ± {doubt}" if float(doubt) else "")
