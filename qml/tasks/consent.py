"""Nothing is spent that nobody agreed to, and nothing is begun that the budget cannot pay."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from qml.config import Loaded
from qml.errors import BudgetError, UsageError
from qml.planning.purchase import Purchase
from qml.session import World, open_project_ledger

if TYPE_CHECKING:  # SQL loads only where something is paid
    from qml.ledger import Cap

NEW = "new"
"""Stands for a run that has no id yet."""


def check_budget(
    purchase: Purchase, loaded: Loaded, world: World, most: Decimal | None, run_id: str | None
) -> str | None:
    """Refuse a purchase of which not even the lowest price can be paid.

    Args:
        purchase: What would be bought.
        loaded: Configuration.
        world: Environment and clock.
        most: `--max-cost`, or None.
        run_id: The run it belongs to, or None where it begins only now.

    Returns:
        A warning where the money will probably end before the work does, else None.

    Raises:
        BudgetError: Nothing was spent.
    """
    if purchase.free:
        return None
    currency = purchase.currency
    left, scope = _left(loaded, world, most, run_id, currency)
    if left is None:
        return None
    if purchase.low > left:
        raise BudgetError(
            f"{purchase.name} would cost at least {purchase.low:,.2f} {currency}; {left:,.2f} are"
            f" left ({scope}); nothing was spent",
            hint="`qml plan` shows what makes it cheaper; `qml budget show` shows the caps",
        )
    if purchase.expected > left:
        return (
            f"{purchase.expected:,.2f} {currency} are expected and {left:,.2f} are left ({scope}):"
            " the run will probably stop there, with a checkpoint"
        )
    return None


def _left(
    loaded: Loaded, world: World, most: Decimal | None, run_id: str | None, currency: str
) -> tuple[Decimal | None, str]:
    """Return the least that any cap leaves, and whose it is; `most` replaces the run's own cap."""
    with open_project_ledger(loaded.config, loaded.root, world) as ledger:
        balances = ledger.balances(run_id or NEW, currency=currency)
        caps = ledger.caps()
    caps = [cap for cap in caps if any(cap.holds(b.scope) for b in balances)]
    _refuse_uncounted(caps, currency, loaded.config.budget.currency, most)
    mine = next(b for b in balances if b.scope.startswith("run:"))
    others = [b for b in balances if most is None or b is not mine]
    found = [(b.remaining, b.scope) for b in others if b.remaining is not None]
    if most is not None:
        spent = mine.settled + mine.reserved
        found.append((most - spent, "--max-cost"))
        every = [c.amount for c in caps if c.scope == "run" and c.currency == currency]
        found += [(amount - spent, "the cap of every run") for amount in every]
    return min(found, default=(None, ""))


def _refuse_uncounted(
    caps: "Sequence[Cap]", currency: str, counted: str, most: Decimal | None
) -> None:
    """Refuse a price in a currency that no cap counts, where there are caps.

    Raises:
        BudgetError: No cap would hold.
    """
    guarded = {cap.currency for cap in caps} | ({counted} if most is not None else set())
    if guarded and currency not in guarded:
        others = ", ".join(sorted(guarded))
        raise BudgetError(
            f"the price is in {currency}, but the budget is in {others}: no cap would hold;"
            " nothing was spent",
            hint=f"set budget.currency = '{currency}' and caps in it, or price the backend in"
            f" {others} under [pricing]; qml converts no currency",
        )


def check_ready(plan_name: str, loaded: Loaded, world: World) -> None:
    """Refuse work that could not be sent, before anybody is asked for money.

    Raises:
        UsageError: A credential is missing; says where to put it.
    """
    from qml.backends.registry import open_backend
    from qml.backends.remote import is_remote

    section = loaded.config.backend.model_copy(update={"name": plan_name})
    backend = open_backend(section, environ=world.environ)
    try:
        if is_remote(backend):
            backend.ready()
    finally:
        backend.close()


def require_consent(purchase: Purchase, *, yes: bool, most: Decimal | None) -> None:
    """Refuse to spend money where nobody agreed and nobody can be asked.

    Raises:
        UsageError: Neither `--yes` nor `--max-cost` was said.
    """
    if purchase.free or yes or most is not None:
        return
    raise UsageError(
        f"{purchase.name} would cost about {purchase.expected:,.2f} {purchase.currency}"
        f" ({purchase.low:,.2f} to {purchase.high:,.2f}), and nobody can be asked here",
        hint="say --max-cost with a sum that is never exceeded, or --yes; --dry-run shows the plan",
    )
