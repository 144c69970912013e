"""Which backend of a route: the cheapest, the soonest or the most faithful, and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from qml.errors import PlanError
from qml.planning.purchase import Purchase
from qml.units import duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A backend of a route that cannot be used.

    Attributes:
        name: Its name.
        reason: Why.
    """

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """How a route was decided.

    Attributes:
        chosen: Name of the backend.
        reason: One sentence.
        candidates: The purchase on each backend that can be used.
        refused: The others.
    """

    chosen: str
    reason: str
    candidates: tuple[Purchase, ...]
    refused: tuple[Refused, ...]

    def document(self) -> dict[str, Any]:
        """Return JSON values for the manifest and the plan."""
        return {
            "chosen": self.chosen,
            "reason": self.reason,
            "candidates": [p.document() for p in self.candidates],
            "refused": [{"name": r.name, "reason": r.reason} for r in self.refused],
        }


_ORDER: dict[str, Callable[[Purchase], tuple[float, ...]]] = {
    "cheapest": lambda p: (float(p.expected), _waits(p)),
    "soonest": lambda p: (_waits(p), float(p.expected)),
    "best-fidelity": lambda p: (-(p.fidelity or 0.0), float(p.expected)),
}


def choose_route(purchases: Sequence[Purchase], refused: Sequence[Refused], prefer: str) -> Routing:
    """Choose among the backends of a route.

    Args:
        purchases: The work on each backend that can run it, in the order of the route.
        refused: Backends that cannot.
        prefer: `cheapest`, `soonest` or `best-fidelity`.

    Raises:
        PlanError: No backend can be used, or prices in several currencies are to be compared.
    """
    usable = [p for p in purchases if p.available is not False]
    refused = [*refused, *(unavailable(p) for p in purchases if p.available is False)]
    if not usable:
        raise PlanError(
            "no backend of the route can be used",
            details="\n".join(f"{r.name}: {r.reason}" for r in refused),
            hint="backend.fallback = 'ionq.simulator' would go on with a simulator, and say so",
        )
    currencies = {p.currency for p in usable}
    if len(currencies) > 1:
        raise PlanError(
            f"prices in {', '.join(sorted(currencies))} cannot be compared",
            hint="give the route backends of one currency, or name one backend",
        )
    chosen = min(usable, key=_ORDER[prefer])
    return Routing(
        chosen=chosen.name,
        reason=f"{prefer} of {len(usable)}: {_why(chosen, prefer)}",
        candidates=tuple(usable),
        refused=tuple(refused),
    )


def _waits(purchase: Purchase) -> float:
    return inf if purchase.queue is None else purchase.queue


def unavailable(purchase: Purchase) -> Refused:
    """Tell of a machine that could run it and takes no jobs."""
    return Refused(name=purchase.name, reason="it takes no jobs at present")


def _why(purchase: Purchase, prefer: str) -> str:
    price = f"{purchase.expected:,.2f} {purchase.currency} expected"
    match prefer:
        case "soonest":
            wait = "a queue nobody tells"
            if purchase.queue is not None:
                wait = f"a queue of {duration(purchase.queue)}"
            return f"{wait}, {price}"
        case "best-fidelity":
            told = purchase.fidelity
            return f"two-qubit fidelity {'unknown' if told is None else f'{told:.4f}'}, {price}"
        case _:
            return price
