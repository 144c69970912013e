"""The check before anything is reserved: settled + reserved + this <= cap, for every cap."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from qml.errors import BudgetError
from qml.ledger.amounts import show
from qml.ledger.caps import Cap, Caps, all_caps, currencies, lowest
from qml.ledger.scopes import kind_of
from qml.ledger.totals import Count, Total, totals


def check(
    connection: Connection,
    project: int,
    settings: Caps,
    needed: Mapping[Count, Total],
    waiting: Mapping[Count, Total],
) -> None:
    """Refuse what would exceed a cap. Nothing may write to the totals until the reserve is written.

    Args:
        connection: The transaction that will write the reserve.
        project: Whose money.
        settings: Caps of the settings.
        needed: What is to be reserved, by scope and currency.
        waiting: What is reserved already for intents that are to be sent only now, likewise.

    Raises:
        BudgetError: It would exceed a cap, or is in a currency that no cap counts while others do.
    """
    asked = [count for found in (needed, waiting) for count, t in found.items() if t.reserved]
    paid = {count: needed.get(count, Total()).reserved for count in asked}
    if not paid:
        return
    caps = all_caps(connection, project, settings)
    if not caps:
        return
    _refuse_unguarded(caps, list(paid))
    held = totals(connection, project, [count.scope for count in paid])
    for count, amount in paid.items():
        cap = lowest(caps, count.scope, count.currency)
        total = held.get(count, Total())
        if cap is not None and total.settled + total.reserved + amount > cap.micros:
            raise _exceeded(cap, count, total, amount)


def _refuse_unguarded(caps: Sequence[Cap], counts: Sequence[Count]) -> None:
    """Refuse a currency in which nothing is limited, while another one is.

    Raises:
        BudgetError: It names both currencies.
    """
    guarded = currencies(caps, [count.scope for count in counts])
    for currency in {count.currency for count in counts} - guarded if guarded else set():
        others = ", ".join(sorted(guarded))
        raise BudgetError(
            f"the job is priced in {currency}, but the budget is in {others}: no cap would hold",
            hint=f"set a cap in {currency} with `qml budget set`, or price the backend in {others}"
            " under [pricing]; qml converts no currency",
        )


def _exceeded(cap: Cap, count: Count, total: Total, needed: int) -> BudgetError:
    def money(value: int) -> str:
        return show(value, cap.currency)

    whole = total.settled + total.reserved + needed
    kind = kind_of(count.scope)
    ways = f"`qml budget set` a higher cap for `{cap.scope}`"
    if cap.source == "qml.toml":
        ways = f"raise `budget.{kind}` in qml.toml"
    elif kind == "run":
        ways += ", or resume with a higher `--max-cost`"
    return BudgetError(
        f"the cap of {money(cap.micros)} for {_named(count.scope)} would be exceeded:"
        f" {money(total.settled)} settled, {money(total.reserved)} reserved,"
        f" {money(needed)} needed",
        details=f"a cap of {money(whole)} would be enough for this; nothing was sent",
        hint=f"to go on, {ways}; reserves are freed as jobs are settled",
    )


def _named(scope: str) -> str:
    """Name a scope in a sentence."""
    kind, _, name = scope.partition(":")
    return f"{kind} {name}" if name else f"the {kind}"
