"""`qml costs`: what was spent and on what, for people, for scripts and for accountants."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from qml.config import Loaded
from qml.ledger.values import By
from qml.records.costs import write_costs
from qml.session import World, open_project_ledger
from qml.tasks.spending import charges_of


def costs_document(loaded: Loaded, world: World, by: By) -> dict[str, Any]:
    """Return `qml.costs/1`; the sums are in the currency of the budget."""
    with open_project_ledger(loaded.config, loaded.root, world) as ledger:
        rows = ledger.costs(by)
    currency = loaded.config.budget.currency
    mine = [row for row in rows if row.currency == currency]
    return {
        "schema": "qml.costs/1",
        "settled": f"{sum((r.settled for r in mine), Decimal(0)):.2f}",
        "reserved": f"{sum((r.reserved for r in mine), Decimal(0)):.2f}",
        "currency": currency,
        "by": [
            {
                "name": row.name,
                "jobs": row.jobs,
                "settled": f"{row.settled:.2f}",
                "reserved": f"{row.reserved:.2f}",
                "currency": row.currency,
            }
            for row in rows
        ],
    }


def export_focus(loaded: Loaded, world: World, file: Path) -> dict[str, Any]:
    """Write every settled charge with the columns of FOCUS 1.2; returns `qml.costs-export/1`."""
    with open_project_ledger(loaded.config, loaded.root, world) as ledger:
        charges = charges_of(ledger.entries())
    write_costs(file, charges)
    return {
        "schema": "qml.costs-export/1",
        "file": str(file),
        "format": "FOCUS 1.2",
        "rows": len(charges),
    }
