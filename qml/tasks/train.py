"""`qml train`: a quantum model beside its classical baselines, and a manifest to replay it."""

from pathlib import Path
from typing import TYPE_CHECKING

from qml.config import Config, Loaded, runs_folder
from qml.engine.environment import setup
from qml.errors import ConfigError
from qml.records import RunFolder
from qml.records.describe import describe
from qml.results.outcome import TrainOutcome
from qml.seeds import Seeds
from qml.session import World, cache_folder
from qml.tasks.mirror import tracker_of

if TYPE_CHECKING:
    from qml.planning.plan import Plan


def begin(
    loaded: Loaded, *, name: str | None, world: World, parent: str | None = None
) -> RunFolder:
    """Make the run folder, before anything heavy is imported.

    Raises:
        ConfigError: No data is named.
        RunError: The folder cannot be written, or the name cannot be used.
    """
    require_data(loaded.config)
    return RunFolder.create(
        runs_folder(loaded.config, loaded.root),
        name=name,
        config=loaded.config.document(),
        command="train",
        clock=world.clock,
        parent=parent,
    )


def plan(loaded: Loaded, world: World) -> "Plan":
    """Plan the training without running it."""
    require_data(loaded.config)
    _set_up(loaded.config, loaded.root, world)
    from qml.tasks.prepare import prepare_training

    seeds = Seeds(loaded.config.train.seed)
    return prepare_training(loaded.config, loaded.root, seeds, world).plan


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
