"""What every command that makes a run does around its own work."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from qml.config import Config, Loaded, runs_folder
from qml.engine.environment import setup
from qml.records import RunFolder
from qml.records.describe import describe, describe_like
from qml.session import World, cache_folder, cap_run
from qml.tasks.mirror import tracker_of
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.planning.routing import Routing

Outcome = TypeVar("Outcome")

ON_THIS_MACHINE = frozenset({"jax", "lightning", "default.qubit", "qsim", "aer", "auto"})
"""Built-in backends that are known to be free without importing them."""


class Work(Protocol[Outcome]):  # type: ignore[misc] # the outcome is only returned
    """The work of a command, once its run is open."""

    def __call__(self, tracker: Tracker, stop: "StopRequest") -> Outcome:
        """Do it and finalise the run; metrics go to the tracker."""
        ...


def leaves_this_machine(config: Config) -> bool:
    """Whether a backend may be a vendor's, so that `offer` comes before `begin`."""
    return bool(config.backend.route) or config.backend.name not in ON_THIS_MACHINE


def may_buy(config: Config, command: str) -> bool:
    """Whether a run may cost money; a benchmark names backends of its own."""
    named = config.bench.backends if command == "bench" else []
    return leaves_this_machine(config) or not ON_THIS_MACHINE.issuperset(named)


def begin(
    loaded: Loaded,
    command: str,
    *,
    name: str | None,
    world: World,
    parent: str | None = None,
    routing: "Routing | None" = None,
    most: Decimal | None = None,
) -> RunFolder:
    """Make the run folder, before anything heavy is imported.

    Args:
        loaded: Configuration; where it leaves this machine, that of an `offer`.
        command: The verb, e.g. `train`.
        name: Name of the run.
        world: Clock and environment.
        parent: Run that this one repeats.
        routing: How the backend was chosen, where there was a route.
        most: Most that the run may cost, in all its sessions; no cap of its own where None.

    Raises:
        RunError: The folder cannot be written, or the name cannot be used.
    """
    folder = RunFolder.create(
        runs_folder(loaded.config, loaded.root),
        name=name,
        config=loaded.config.document(),
        command=command,
        clock=world.clock,
        parent=parent,
    )
    if routing is not None:
        folder.update(backend={"name": routing.chosen, "routing": routing.document()})
    if most is not None:
        cap_run(folder, most, loaded.config, loaded.root, world)
    return folder


def set_up_engine(config: Config, root: Path, world: World, precision: str | None = None) -> None:
    """Configure the engine; must precede every import of JAX.

    Args:
        config: Configuration.
        root: Folder of the project.
        world: Environment.
        precision: Replaces that of `[backend]` where given.
    """
    setup(
        threads=config.backend.threads,
        cache_dir=cache_folder(root, world.environ),
        precision=precision or config.backend.precision,
    )


def carry_out(
    run: RunFolder,
    config: Config,
    root: Path,
    world: World,
    *,
    set_up: Callable[[], None],
    work: Work[Outcome],
) -> Outcome:
    """Do the work of a run, and leave its records, its report and its mirror behind.

    A run within another one is described as that one is, and has no report until it is asked for.

    Args:
        run: A folder that `begin` made or `resume` took.
        config: Configuration.
        root: Folder of the project.
        world: Clock, environment and progress.
        set_up: Loads what is heavy; must precede every import of JAX.
        work: Finalises the run itself.

    Raises:
        InterruptedRunError: Somebody asked to stop.
    """
    from qml.session import mirror, recorded

    tracker = tracker_of(config, root, world.environ)
    with recorded(run, tracker, world) as stop:
        with world.progress.bar("starting", None):
            set_up()
            _describe(run, root, world)
        outcome = work(tracker, stop)
    if world.within is None:
        from qml.tasks.report import write_report

        write_report(run)
    mirror(tracker, run.manifest(), world)
    return outcome


def _describe(run: RunFolder, root: Path, world: World) -> None:
    if world.within is None:
        describe(run, root)
    else:
        describe_like(run, world.within)
