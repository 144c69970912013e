"""Money of a study: its runs together never cost more than its own cap."""

from collections.abc import Callable, Sequence
from pathlib import Path

from qml.config import Config
from qml.results.outcome import Cost
from qml.session import World
from qml.tasks.carry import leaves_this_machine
from qml.tasks.fleet.purse import Purse as FleetPurse
from qml.tasks.tune.unpriced import UNKNOWN, unpriced


class Purse(FleetPurse):
    """Shares a study's cap out to its trials and last trainings.

    Args:
        config: Configuration.
        root: Folder of the project.
        world: Clock and environment.
        run_id: The study's run; its cap is that of the whole study.
        runs: Returns the runs of all trials of all searches so far, and of all last trainings.
    """

    def __init__(
        self,
        config: Config,
        root: Path,
        world: World,
        run_id: str,
        runs: Callable[[], Sequence[str]],
    ) -> None:
        paid = leaves_this_machine(config)
        super().__init__(config, root, world, run_id, runs, paid=paid, whose="the study's")
        self._unpriced = unpriced(config) is not None

    def cost(self) -> Cost:
        """Return what was expected of all that was sent, and what was billed."""
        if self._unpriced:
            return Cost(estimated=UNKNOWN, billed=UNKNOWN, currency=self.currency)
        return super().cost()
