"""A trial that trains: `qml train` with a watcher, described as the study's run was."""

from pathlib import Path
from typing import Any

from qml.config import Config
from qml.records import RunFolder
from qml.records.describe import describe_like
from qml.session import World
from qml.tasks.tune.watched import Watched


def train_trial(
    run: RunFolder, parent: str, config: Config, root: Path, world: World, watched: Watched
) -> dict[str, Any]:
    """Train in a run that is taken by this process, and return its outcome."""
    from qml.session import recorded
    from qml.tasks.report import write_report
    from qml.tasks.train import set_up

    with recorded(run, watched, world) as stop:
        watched.stops(stop)
        set_up(config, root, world)
        describe_like(run, run.path.parent / parent)
        from qml.tasks.training import train

        document = train(run, config, root, watched, stop, world).document()
    write_report(run)
    return document


def command_trial(
    run: RunFolder, parent: str, config: Config, root: Path, world: World, watched: Watched
) -> dict[str, Any]:
    """Run a command of the user's in a run that is taken by this process."""
    from qml.session import recorded
    from qml.tasks.tune.trial import run_trial

    with recorded(run, watched, world) as stop:
        watched.stops(stop)
        describe_like(run, run.path.parent / parent)
        return run_trial(run, config, root, world, stop).document()
