"""Caps: from the project's settings, and those that the ledger holds. The lowest holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple, Self

from sqlalchemy import Connection, bindparam, delete, select

from qml.config.sections import BudgetSection
from qml.ledger import scopes
from qml.ledger.amounts import decimal, owed
from qml.ledger.tables import CAPS
from qml.ledger.upsert import upsert

_STORED = (
    select(CAPS.c.scope, CAPS.c.amount, CAPS.c.currency)
    .where(CAPS.c.project == bindparam("mine"))
    .order_by(CAPS.c.scope)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """Caps of the project's settings.

    Attributes:
        run: Most that one run may cost; None where there is no cap.
        day: Most that all runs may cost in one UTC day.
        month: Most that they may cost in one UTC month.
        project: Most that the project may cost altogether.
        currency: Of all of them.
    """

    run: Decimal | None = None
    day: Decimal | None = None
    month: Decimal | None = None
    project: Decimal | None = None
    currency: str = "USD"

    @classmethod
    def of(cls, section: BudgetSection) -> Self:
        """Read `[budget]`."""
        return cls(
            run=section.run,
            day=section.day,
            month=section.month,
            project=section.project,
            currency=section.currency,
        )


class Cap(NamedTuple):
    """A cap that holds.

    Attributes:
        scope: What it holds for; see `qml.ledger.scopes`.
        micros: Most, in millionths of the currency.
        currency: What it counts; amounts in others are not converted.
        source: Who set it.
    """

    scope: str
    micros: int
    currency: str
    source: Literal["qml.toml", "ledger"]

    @property
    def amount(self) -> Decimal:
        """Most that may be settled and reserved together."""
        return decimal(self.micros)

    def holds(self, total: str) -> bool:
        """Whether it limits a total."""
        return self.scope in {total, scopes.kind_of(total)}


def all_caps(connection: Connection, project: int, settings: Caps) -> list[Cap]:
    """Return every cap: the settings' first, then the ledger's own."""
    amounts = {kind: getattr(settings, kind) for kind in scopes.KINDS}
    found = [
        Cap(kind, owed(amount, settings.currency), settings.currency, "qml.toml")
        for kind, amount in amounts.items()
        if amount is not None
    ]
    rows = connection.execute(_STORED, {"mine": project})
    return found + [Cap(row.scope, row.amount, row.currency, "ledger") for row in rows]


def lowest(caps: Iterable[Cap], total: str, currency: str) -> Cap | None:
    """Return the cap that limits a total in a currency, or None."""
    holding = [cap for cap in caps if cap.currency == currency and cap.holds(total)]
    return min(holding, key=lambda cap: cap.micros, default=None)


def currencies(caps: Iterable[Cap], totals: Sequence[str]) -> set[str]:
    """Return the currencies in which any of some totals is limited."""
    return {cap.currency for cap in caps if any(cap.holds(total) for total in totals)}


def set_cap(
    connection: Connection,
    project: int,
    scope: str,
    amount: Decimal | None,
    currency: str,
    at: float,
) -> None:
    """Set a cap of the ledger's own, or lift it (None).

    Raises:
        UsageError: The scope is none.
        LedgerError: The amount is negative or not finite.
    """
    scopes.check(scope)
    place = {"project": project, "scope": scope, "currency": currency}
    if amount is None:
        connection.execute(delete(CAPS).filter_by(**place))
        return
    upsert(connection, CAPS, [{**place, "amount": owed(amount, currency), "at": at}])
