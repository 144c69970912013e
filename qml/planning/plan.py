"""A plan: the work of a command as an envelope, with its price."""

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from qml.results.outcome import ModelFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """Price of a plan.

    Attributes:
        low: Least it can cost.
        expected: What it will probably cost.
        high: Most it can cost.
        currency: ISO 4217 code.
    """

    low: Decimal = Decimal("0.00")
    expected: Decimal = Decimal("0.00")
    high: Decimal = Decimal("0.00")
    currency: str = "USD"


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
        price: Money.
        warnings: What a person should know before it runs.
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
    price: Price = field(default_factory=Price)
    warnings: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.plan/1`."""
        facts = asdict(self)
        price = facts.pop("price")
        cost = {k: v if k == "currency" else f"{v:.2f}" for k, v in price.items()}
        return {"schema": "qml.plan/1", **facts, "cost": cost, "warnings": list(self.warnings)}
