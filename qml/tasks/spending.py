"""What a run has cost: its charges, from the ledger where it bought, else the free use of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from qml.config import Config
from qml.errors import BudgetError
from qml.execution.submission.draft import Entry
from qml.records import RunFolder
from qml.records.costs import Charge, free_charge
from qml.results.outcome import Cost
from qml.session import World, open_project_ledger
from qml.units import Money

if TYPE_CHECKING:  # `qml costs export` needs no planning
    from qml.ledger import Ledger
    from qml.planning.purchase import Purchase


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """Money of a run.

    Attributes:
        cost: Estimate and bill.
        charges: Settled charges, in the order of time.
    """

    cost: Cost
    charges: tuple[Charge, ...]


def spending(
    run: RunFolder,
    config: Config,
    purchase: "Purchase",
    *,
    root: Path,
    world: World,
    began: float,
    shots: int,
) -> Spending:
    """Tell what a run has cost so far.

    Args:
        run: The run.
        config: Its configuration, the backend resolved.
        purchase: What was planned.
        root: Folder of the project.
        world: Clock.
        began: When it began, seconds since the epoch.
        shots: Shots it has used.
    """
    from qml.backends.registry import capabilities_of

    if not capabilities_of(config.backend).remote:
        end = world.clock.now()
        charge = free_charge(run.id, config.backend.name, start=began, end=end, shots=shots)
        return Spending(cost=Cost(), charges=(charge,))
    entries = _billed(run, config, root, world)
    billed = sum((e.billed or Decimal(0) for e in entries), Decimal(0))
    return Spending(
        cost=Cost(
            estimated=f"{purchase.expected:.2f}",
            billed=f"{billed:.2f}",
            currency=purchase.currency,
        ),
        charges=charges_of(entries),
    )


def charges_of(entries: Iterable[Entry]) -> tuple[Charge, ...]:
    """Turn settled intents into charges."""
    return tuple(_charge(entry) for entry in entries if entry.billed is not None)


def needed_to_go_on(
    error: BudgetError,
    run: RunFolder,
    config: Config,
    purchase: "Purchase",
    *,
    root: Path,
    world: World,
) -> BudgetError:
    """Say at a budget stop what was spent, and what the rest would need."""
    with open_project_ledger(config, root, world) as ledger:
        entries = [e for e in ledger.entries(run_id=run.id) if e.billed is not None]
        billed = sum((e.billed or Decimal(0) for e in entries), Decimal(0))
        rest = max(Decimal(0), purchase.expected - billed)
        first = _caps_in_the_way(ledger, purchase, rest)
    enough = max(purchase.high, billed + rest)  # what is reserved is the most that a job may cost
    return BudgetError(
        error.message,
        details=f"billed so far: {billed:,.2f} {purchase.currency}; the rest of the run: about"
        f" {rest:,.2f}; its state is saved",
        hint="\n".join([*first, f"go on with: qml runs resume {run.id} --max-cost {enough:.2f}"]),
    )


def _caps_in_the_way(ledger: "Ledger", purchase: "Purchase", rest: Decimal) -> list[str]:
    """Name every cap beside the run's own that the rest of the run would meet."""
    found = [
        f"first raise the cap of every run to {purchase.high:.2f}: {_place('run', cap.source)}"
        for cap in ledger.caps()
        if cap.scope == "run" and cap.amount < purchase.high
    ]
    caps = {cap.scope: cap.source for cap in ledger.caps()}
    for balance in ledger.balances(currency=purchase.currency):
        left, kind = balance.remaining, balance.scope.partition(":")[0]
        if balance.cap is not None and left is not None and left < rest:
            enough = balance.cap + rest - left
            where = _place(kind, caps.get(kind, "ledger"))
            found.append(f"first raise the cap of the {kind} to {enough:.2f}: {where}")
    return found


def _place(kind: str, source: str) -> str:
    """Tell where a cap is set."""
    return f"budget.{kind} in qml.toml" if source == "qml.toml" else f"qml budget set --{kind}"


def _billed(run: RunFolder, config: Config, root: Path, world: World) -> list[Entry]:
    with open_project_ledger(config, root, world) as ledger:
        return [e for e in ledger.entries(run_id=run.id) if e.billed is not None]


def _charge(entry: Entry) -> Charge:
    draft = entry.draft
    assert entry.billed is not None
    return Charge(
        run_id=draft.run_id,
        provider=draft.provider,
        service=f"{draft.provider}/{draft.device}",
        description=f"{draft.circuits} circuits for {draft.name}",
        billed=Money(amount=entry.billed, currency=draft.estimate.currency),
        listed=Money(amount=draft.estimate.expected, currency=draft.estimate.currency),
        quantity=Decimal(draft.shots),
        unit="Shots",
        start=entry.sent or entry.created,
        end=entry.updated,
        account=draft.provider,
        job_key=draft.key,
        provider_job_id=entry.job_id,
        shots=draft.shots,
        tariff_date=draft.estimate.tariff_date or None,
    )
