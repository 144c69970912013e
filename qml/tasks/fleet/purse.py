"""Money of many runs: together they never cost more than the cap of the run they belong to."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from qml.config import Config
from qml.errors import BudgetError
from qml.results.outcome import Cost
from qml.session import World, open_project_ledger
from qml.session.buying import run_scope

Place = Hashable
"""What is bought there: a trial, a last training, a cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What something that runs may cost at most, what its run has cost before included."""

    most: Decimal
    run_id: str | None


class Purse:
    """Shares a cap out to the runs that belong to it; each one's part is a cap in the ledger.

    Args:
        config: Configuration.
        root: Folder of the project.
        world: Clock and environment.
        run_id: The run whose cap is that of them all.
        runs: Returns all runs that belong to it so far.
        paid: Whether any of them may cost money.
        whose: Whose cap it is, for messages.
    """

    def __init__(
        self,
        config: Config,
        root: Path,
        world: World,
        run_id: str,
        runs: Callable[[], Sequence[str]],
        *,
        paid: bool,
        whose: str,
    ) -> None:
        self._config = config
        self._root = root
        self._world = world
        self._run_id = run_id
        self._runs = runs
        self._promises: dict[Place, Promise] = {}
        self.paid = paid
        self._whose = whose

    def part(self, place: Place, sharing: int, run_id: str | None = None) -> Decimal | None:
        """Promise a part of what is left; None where no cap holds.

        Args:
            place: Whose part it is; it is kept for it until `release`.
            sharing: How many share what is left, this one included.
            run_id: Run that is taken up again: what it has cost is part of its own cap.

        Returns:
            What the run may cost in all its sessions.

        Raises:
            BudgetError: Nothing is left.
        """
        most = self._most() if self.paid else None
        if most is None:
            return None
        spent = self._spent()
        kept = sum((self._kept(promise, spent) for promise in self._promises.values()), Decimal(0))
        left = most - sum(spent.values(), Decimal(0)) - kept
        before = spent.get(run_id or "", Decimal(0))
        if left <= 0 < most and not before:
            raise BudgetError(f"{self._whose} {most:,.2f} {self.currency} are spent")
        part = before + max(left, Decimal(0)) / sharing
        self._promises[place] = Promise(most=part, run_id=run_id)
        return part

    def born(self, place: Place, run_id: str) -> None:
        """Take note of the run that a promise was made for."""
        if place in self._promises:
            self._promises[place] = replace(self._promises[place], run_id=run_id)

    def release(self, place: Place) -> None:
        """Take back what was promised and not spent."""
        self._promises.pop(place, None)

    def billed(self) -> Decimal:
        """Return what all runs were billed so far."""
        if not self.paid:
            return Decimal(0)
        with open_project_ledger(self._config, self._root, self._world) as ledger:
            found = [ledger.balance(run_scope(run)).settled for run in self._runs()]
        return sum(found, Decimal(0))

    def cost(self) -> Cost:
        """Return what was expected of all that was sent, and what was billed."""
        return Cost(
            estimated=f"{self._expected():.2f}",
            billed=f"{self.billed():.2f}",
            currency=self.currency,
        )

    @property
    def currency(self) -> str:
        """Currency of the budget."""
        return self._config.budget.currency

    def _most(self) -> Decimal | None:
        with open_project_ledger(self._config, self._root, self._world) as ledger:
            mine = [cap for cap in ledger.caps() if cap.scope == run_scope(self._run_id)]
        return mine[0].amount if mine else None

    def _spent(self) -> dict[str, Decimal]:
        """Return what each run has cost, and may still cost for what it has sent."""
        with open_project_ledger(self._config, self._root, self._world) as ledger:
            balances = {run: ledger.balance(run_scope(run)) for run in self._runs()}
        return {run: found.settled + found.reserved for run, found in balances.items()}

    def _kept(self, promise: Promise, spent: dict[str, Decimal]) -> Decimal:
        return max(Decimal(0), promise.most - spent.get(promise.run_id or "", Decimal(0)))

    def _expected(self) -> Decimal:
        if not self.paid:
            return Decimal(0)
        with open_project_ledger(self._config, self._root, self._world) as ledger:
            entries = [entry for run in self._runs() for entry in ledger.entries(run_id=run)]
        sent = [entry.draft.estimate.expected for entry in entries if entry.job_id is not None]
        return sum(sent, Decimal(0))
