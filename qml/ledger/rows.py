"""Intents as rows, and rows as entries of the journal."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from qml.execution.submission.draft import Draft, Entry, Estimate, State
from qml.ledger.amounts import decimal, owed
from qml.ledger.scopes import day_of

_SAME = (
    "key",
    "run_id",
    "name",
    "provider",
    "device",
    "digest",
    "generation",
    "circuits",
    "shots",
    "one_qubit",
    "two_qubit",
)
_PRICES = ("low", "expected", "high")


def row_of(draft: Draft, project: int, moment: float) -> dict[str, Any]:
    """Lay out a new intent for `qml_intents`.

    Raises:
        LedgerError: A price is negative or too large.
    """
    price = draft.estimate
    return {
        "project": project,
        **{name: getattr(draft, name) for name in _SAME},
        **{name: owed(getattr(price, name), price.currency) for name in _PRICES},
        "currency": price.currency,
        "tariff_date": price.tariff_date,
        "tariff_source": price.tariff_source,
        "day": day_of(moment),
        "state": State.INTENDED.value,
        "job_id": None,
        "billed": None,
        "created": moment,
        "updated": moment,
        "sent": None,
        "detail": None,
    }


def entry_of(row: Mapping[str, Any]) -> Entry:
    """Read an entry out of a row of `qml_intents`."""
    return Entry(
        draft=Draft(
            **{name: row[name] for name in _SAME},
            estimate=Estimate(
                **{name: decimal(row[name]) for name in _PRICES},
                currency=row["currency"],
                tariff_date=row["tariff_date"],
                tariff_source=row["tariff_source"],
            ),
        ),
        state=State(row["state"]),
        job_id=row["job_id"],
        billed=_amount(row["billed"]),
        created=row["created"],
        updated=row["updated"],
        sent=row["sent"],
        detail=row["detail"],
    )


def _amount(micros: int | None) -> Decimal | None:
    return None if micros is None else decimal(micros)
