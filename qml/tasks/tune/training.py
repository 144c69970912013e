"""A trial that trains: `qml train` with a watcher, described as the study's run was."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config
from qml.records import RunFolder
from qml.session import World
from qml.tasks.tune.watched import Watched

if TYPE_CHECKING:
    from qml.records import Manifest

KEPT_CODE = ("code.tar.gz", "code.diff", "requirements.txt")


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


def describe_like(run: RunFolder, other: Path) -> None:
    """Describe code, packages and machine of a run as those of its study, which are the same."""
    found: Manifest = RunFolder(other).manifest()
    for name in KEPT_CODE:
        if (other / name).exists():
            shutil.copyfile(other / name, run.path / name)
    *before, session = run.manifest()["sessions"]
    run.update(
        code=found["code"],
        packages=found["packages"],
        environment=found["environment"],
        sessions=[*before, {**session, "code": found["code"]["digest"]}],
    )
