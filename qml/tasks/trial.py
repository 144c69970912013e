"""A trial of a command of the user's own: what it was given, and the number that it came to."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.errors import PlanError
from qml.records import RunFolder
from qml.session import World
from qml.tasks.carry import carry_out
from qml.tasks.runs import require_outcome
from qml.tasks.tune.trial import Trial, run_trial
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer


def offer(loaded: Loaded, world: World) -> "Offer":
    """Refuse: what a command costs is not known here."""
    del world
    raise PlanError(f"what `{loaded.config.tune.command}` costs is not known here")


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> Trial:
    """Run the command in a folder that is taken by this process."""

    def work(tracker: Tracker, stop: "StopRequest") -> Trial:
        del tracker
        return run_trial(run_folder, config, root, world, stop)

    return carry_out(run_folder, config, root, world, set_up=lambda: None, work=work)


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Return the configuration that repeats a trial: the same."""
    del outcome
    return config


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return the number that the command came to."""
    from qml.results.replay import Evidence

    return Evidence(metrics=require_outcome(run_folder)["metrics"])
