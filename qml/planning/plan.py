"""A plan: the work of a command as an envelope, with its price."""

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from qml.planning.purchase import Purchase
from qml.results.outcome import ModelFacts

if TYPE_CHECKING:  # most plans mitigate nothing, and need no numerical library
    from qml.planning.mitigation.choice import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a training will do at most; early stopping may do less.

    Attributes:
        backend: Name of the backend.
        chosen: Why this backend was picked, where `auto` picked it.
        model: Size of the model.
        gradient: Gradient method.
        rows: Rows of each part: train, validation, test.
        steps: Optimiser steps.
        epochs: Passes over the training rows, the last one perhaps cut short.
        circuits: Circuits over the whole run.
        shots: Shots over the whole run; 0 where expectations are exact.
        bytes: Memory of one step on the engine, estimated; None where something else simulates.
        purchases: The work on each backend that was asked for, with its price; the first is the
            one that runs.
        advice: What would make it cheaper, or better at the same price.
        warnings: What a person should know before it runs.
        mitigation: Methods of error mitigation, and the one that was chosen; None where none acts.
    """

    backend: str
    chosen: str | None
    model: ModelFacts
    gradient: str
    rows: dict[str, int]
    steps: int
    epochs: int
    circuits: int
    shots: int
    bytes: int | None
    purchases: tuple[Purchase, ...]
    advice: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    mitigation: "Choice | None" = None

    @property
    def purchase(self) -> Purchase:
        """The work on the backend that runs."""
        return self.purchases[0]

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.plan/1`."""
        facts = asdict(replace(self, mitigation=None))
        del facts["purchases"]
        rows = [purchase.document() for purchase in self.purchases]
        cost = {k: rows[0]["price"][k] for k in ("low", "expected", "high", "currency")}
        return {
            "schema": "qml.plan/1",
            **facts,
            "cost": cost,
            "backends": rows,
            "advice": list(self.advice),
            "warnings": list(self.warnings),
            "mitigation": None if self.mitigation is None else self.mitigation.document(),
        }
