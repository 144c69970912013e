"""`qml budget`: sums that are never exceeded, and how far they are used up."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from qml.config import Loaded
from qml.ledger import Balance, Ledger
from qml.session import World, open_project_ledger


def budget_document(loaded: Loaded, world: World) -> dict[str, Any]:
    """Return `qml.budget/1`."""
    with open_project_ledger(loaded.config, loaded.root, world) as ledger:
        return _document(ledger, loaded.config.budget.currency)


def set_budget(loaded: Loaded, world: World, caps: Mapping[str, Decimal | None]) -> dict[str, Any]:
    """Set caps in the ledger, where they hold for everybody who uses it.

    Args:
        loaded: Configuration.
        world: Environment and clock.
        caps: Amount by scope (`run`, `run:ID`, `day`, `month`, `project`); None lifts one.

    Returns:
        The document `qml.budget/1`.
    """
    currency = loaded.config.budget.currency
    with open_project_ledger(loaded.config, loaded.root, world) as ledger:
        for scope, amount in caps.items():
            ledger.set_cap(scope, amount, currency)
        return _document(ledger, currency)


def _document(ledger: Ledger, currency: str) -> dict[str, Any]:
    return {
        "schema": "qml.budget/1",
        "currency": currency,
        "caps": [
            {
                "scope": cap.scope,
                "amount": f"{cap.amount:.2f}",
                "currency": cap.currency,
                "source": cap.source,
            }
            for cap in ledger.caps()
        ],
        "balances": [_balance(balance) for balance in ledger.balances(currency=currency)],
    }


def _balance(found: Balance) -> dict[str, Any]:
    left = found.remaining
    return {
        "scope": found.scope,
        "settled": f"{found.settled:.2f}",
        "reserved": f"{found.reserved:.2f}",
        "cap": None if found.cap is None else f"{found.cap:.2f}",
        "remaining": None if left is None else f"{left:.2f}",
        "currency": found.currency,
    }
