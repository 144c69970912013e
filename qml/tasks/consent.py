"""Nothing is spent that nobody agreed to, and nothing is begun that the budget cannot pay."""

from decimal import Decimal

from qml.config import Loaded
from qml.errors import BudgetError, UsageError
from qml.planning.purchase import Purchase
from qml.session import World, open_project_ledger

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
    mine = next(b for b in balances if b.scope.startswith("run:"))
    others = [b for b in balances if most is None or b is not mine]
    found = [(b.remaining, b.scope) for b in others if b.remaining is not None]
    if most is not None:
        found.append((most - mine.settled - mine.reserved, "--max-cost"))
    return min(found, default=(None, ""))


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
