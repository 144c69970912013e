"""`qml train`: a quantum model beside its classical baselines, and a manifest to replay it."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from qml.config import Config, Loaded, runs_folder
from qml.engine.environment import setup
from qml.errors import ConfigError
from qml.records import RunFolder
from qml.records.describe import describe
from qml.results.outcome import TrainOutcome
from qml.session import World, cache_folder, cap_run
from qml.tasks.mirror import tracker_of

if TYPE_CHECKING:
    from qml.planning.plan import Plan
    from qml.planning.routing import Routing
    from qml.tasks.offer import Offer

ON_THIS_MACHINE = frozenset({"jax", "lightning", "default.qubit", "qsim", "aer", "auto"})
"""Built-in backends that are known to be free without importing them."""


def leaves_this_machine(config: Config) -> bool:
    """Whether a backend may be a vendor's, so that `offer` comes before `begin`."""
    return bool(config.backend.route) or config.backend.name not in ON_THIS_MACHINE


def begin(
    loaded: Loaded,
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
        name: Name of the run.
        world: Clock and environment.
        parent: Run that this one repeats.
        routing: How the backend was chosen, where there was a route.
        most: Most that the run may cost, in all its sessions; no cap of its own where None.

    Raises:
        ConfigError: No data is named.
        RunError: The folder cannot be written, or the name cannot be used.
    """
    require_data(loaded.config)
    folder = RunFolder.create(
        runs_folder(loaded.config, loaded.root),
        name=name,
        config=loaded.config.document(),
        command="train",
        clock=world.clock,
        parent=parent,
    )
    if routing is not None:
        folder.update(backend={"name": routing.chosen, "routing": routing.document()})
    if most is not None:
        cap_run(folder, most, loaded.config, loaded.root, world)
    return folder


def offer(loaded: Loaded, world: World) -> "Offer":
    """Resolve the backend, and plan the training on it without running it.

    Raises:
        PlanError: It cannot run.
    """
    require_data(loaded.config)
    _set_up(loaded.config, loaded.root, world)
    from qml.tasks.offer import offer as make_offer

    return make_offer(loaded, world)


def plan(loaded: Loaded, world: World, backends: Sequence[str] = ()) -> "Plan":
    """Plan the training without running it.

    Args:
        loaded: Configuration.
        world: Environment and clock.
        backends: Backends to plan it on, side by side; that of the configuration where empty.

    Raises:
        PlanError: It cannot run on any of them.
    """
    if not backends:
        return offer(loaded, world).plan
    require_data(loaded.config)
    _set_up(loaded.config, loaded.root, world)
    from qml.tasks.offer import plan_on

    return plan_on(loaded, backends, world)


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> TrainOutcome:
    """Train in a folder that `begin` made or `resume` took.

    Raises:
        InterruptedRunError: Somebody asked to stop; `qml runs resume` goes on.
    """
    from qml.session import mirror, recorded

    tracker = tracker_of(config, root, world.environ)
    with recorded(run_folder, tracker, world) as stop:
        with world.progress.bar("starting", None):
            _set_up(config, root, world)
            describe(run_folder, root)
            from qml.tasks.training import train

        outcome = train(run_folder, config, root, tracker, stop, world)
    from qml.tasks.report import write_report

    write_report(run_folder)
    mirror(tracker, run_folder.manifest(), world)
    return outcome


def require_data(config: Config) -> None:
    """Refuse a configuration that names no data; nothing is made for it.

    Raises:
        ConfigError: None of `data.name`, `data.path` and `data.entry` is set.
    """
    if not (config.data.name or config.data.path or config.data.entry):
        raise ConfigError(
            "no data is named",
            hint="set data.name = 'digits', or `qml train --data FILE`; `qml init` makes a project",
        )


def _set_up(config: Config, root: Path, world: World) -> None:
    """Configure the engine; must precede every import of JAX."""
    kernel = config.model.kind == "kernel"
    setup(
        threads=config.backend.threads,
        cache_dir=cache_folder(root, world.environ),
        precision="float64" if kernel else config.backend.precision,
    )
