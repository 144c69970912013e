"""The backend that runs the circuits of a sampler, where it runs any."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config
from qml.errors import BudgetError
from qml.records import RunFolder
from qml.records.costs import free_charge
from qml.results.outcome import Cost
from qml.session import World, open_access
from qml.tasks.spending import Spending, needed_to_go_on, spending

if TYPE_CHECKING:
    from qml.execution.evaluator import BackendEvaluator
    from qml.execution.stop import StopRequest
    from qml.planning.purchase import Purchase


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What runs circuits.

    Attributes:
        evaluator: The evaluator, or None where all is computed here.
        facts: What a person who watches wants to know, e.g. what was spent.
        used: Returns usage and description of the backend so far, as JSON values.
        spent: Returns what the run has cost; called once all is drawn.
    """

    evaluator: "BackendEvaluator | None"
    facts: Callable[[], dict[str, str]]
    used: Callable[[], tuple[dict[str, Any], dict[str, Any]]]
    spent: Callable[[], Spending]


@contextmanager
def open_machine(
    run: RunFolder,
    config: Config,
    purchase: "Purchase | None",
    *,
    seed: int,
    stop: "StopRequest",
    world: World,
    root: Path,
) -> Iterator[Machine]:
    """Open the backend where circuits are to be run.

    Args:
        run: The run, locked by this process.
        config: Configuration, `[backend]` resolved.
        purchase: What was planned, or None where no circuits are run.
        seed: Root of the sampling seeds.
        stop: Whether somebody asked to stop.
        world: Clock and progress.
        root: Folder of the project.
    """
    began = world.clock.now()
    if purchase is None:
        yield _nothing(run, began, world)
        return
    with open_access(run, config, seed=seed, stop=stop, world=world, root=root) as access:

        def used() -> tuple[dict[str, Any], dict[str, Any]]:
            access.finish()
            return asdict(access.meter.total), dict(access.backend.snapshot())

        def spent() -> Spending:
            shots = access.meter.total.shots
            return spending(run, config, purchase, root=root, world=world, began=began, shots=shots)

        try:
            yield Machine(evaluator=access.evaluator, facts=access.facts, used=used, spent=spent)
        except BudgetError as error:
            raise needed_to_go_on(error, run, config, purchase, root=root, world=world) from error


def _nothing(run: RunFolder, began: float, world: World) -> Machine:
    def spent() -> Spending:
        charge = free_charge(run.id, "local", start=began, end=world.clock.now())
        return Spending(cost=Cost(), charges=(charge,))

    return Machine(evaluator=None, facts=dict, used=lambda: ({}, {}), spent=spent)
