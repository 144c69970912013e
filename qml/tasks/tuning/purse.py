"""Money of a study: its trials together never cost more than its own cap."""

from decimal import Decimal
from pathlib import Path

from qml.config import Config
from qml.errors import BudgetError
from qml.session import World, open_project_ledger
from qml.session.buying import run_scope
from qml.tasks.carry import leaves_this_machine


class Purse:
    """Shares a study's cap out to its trials; each trial's part is a cap in the ledger.

    Args:
        config: Configuration.
        root: Folder of the project.
        world: Clock and environment.
        run_id: The study's run; its cap is that of the whole study.
    """

    def __init__(self, config: Config, root: Path, world: World, run_id: str) -> None:
        self._config = config
        self._root = root
        self._world = world
        self._run_id = run_id
        self._parts: dict[str, Decimal] = {}
        self.paid = leaves_this_machine(config)

    def part(self, runs: list[str], places: int) -> Decimal | None:
        """Return what one more trial may cost; None where no cap holds.

        Args:
            runs: Runs of all trials so far, those that run now included.
            places: Trials that share what is left, this one included.

        Raises:
            BudgetError: Nothing is left.
        """
        most = self._most() if self.paid else None
        if most is None:
            return None
        promised = sum((self._promised(run) for run in runs), Decimal(0))
        left = most - promised
        if left <= 0 and most > 0:
            raise BudgetError(f"the study's {most:,.2f} {self.currency} are spent")
        return left / places if most > 0 else Decimal(0)

    def keep(self, run_id: str, part: Decimal | None) -> None:
        """Take note of what a running trial may cost at most."""
        if part is not None:
            self._parts[run_id] = part

    def ended(self, run_id: str | None) -> None:
        """Take back what a trial did not spend."""
        if run_id is not None:
            self._parts.pop(run_id, None)

    def spent(self, runs: list[str]) -> Decimal:
        """Return what all trials have cost."""
        return sum((self._cost(run) for run in runs), Decimal(0)) if self.paid else Decimal(0)

    @property
    def currency(self) -> str:
        """Currency of the budget."""
        return self._config.budget.currency

    def _most(self) -> Decimal | None:
        with open_project_ledger(self._config, self._root, self._world) as ledger:
            mine = [cap for cap in ledger.caps() if cap.scope == run_scope(self._run_id)]
        return mine[0].amount if mine else None

    def _promised(self, run_id: str) -> Decimal:
        return max(self._parts.get(run_id, Decimal(0)), self._cost(run_id))

    def _cost(self, run_id: str) -> Decimal:
        with open_project_ledger(self._config, self._root, self._world) as ledger:
            balance = ledger.balance(run_scope(run_id))
        return balance.settled + balance.reserved
