"""Asking before money is spent."""

from decimal import Decimal
from typing import TYPE_CHECKING

from qml.errors import InterruptedRunError
from qml.report.terminal import Terminal

if TYPE_CHECKING:
    from qml.config import Loaded
    from qml.planning.plan import Plan
    from qml.session import World


def agree(
    plan: "Plan",
    loaded: "Loaded",
    terminal: Terminal,
    world: "World",
    *,
    yes: bool,
    most: Decimal | None,
    run_id: str | None = None,
) -> None:
    """Show what will be bought and ask, where it costs anything and a person is there.

    Raises:
        BudgetError: The budget cannot pay it.
        UsageError: Nobody agreed and nobody can be asked.
        InterruptedRunError: The person said no.
    """
    from qml.report.tables.plan import purchase_lines
    from qml.tasks.consent import check_budget, check_ready, require_consent

    purchase = plan.purchase
    if purchase.jobs:
        check_ready(plan.backend, loaded, world)
    if plan.chosen:
        terminal.say(f"backend {plan.backend}: {plan.chosen}")
    short = check_budget(purchase, loaded, world, most, run_id)
    for warning in (*plan.warnings, *filter(None, [short])):
        terminal.warn(warning)
    if purchase.free:
        return
    for line in purchase_lines(plan.document()):
        terminal.say(line)
    agreed = yes or most is not None
    if not agreed and not terminal.can_ask:
        require_consent(purchase, yes=yes, most=most)
    question = f"spend up to {purchase.high:,.2f} {purchase.currency}?"
    if not agreed and not terminal.confirm(question):
        raise InterruptedRunError("nothing was sent, nothing was spent")
