"""The commands that make runs: what `qml replay` and `qml runs resume` repeat and go on with."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from qml.config import Config, Loaded
from qml.errors import RunError
from qml.records import RunFolder
from qml.session import World

if TYPE_CHECKING:
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer

HOMES = {
    "bench": "qml.tasks.bench",
    "compress": "qml.tasks.compress",
    "train": "qml.tasks.train",
    "measure": "qml.tasks.measure",
    "rival": "qml.tasks.rival",
    "sample": "qml.tasks.sample",
    "screen": "qml.tasks.screen",
    "test": "qml.tasks.test",
    "trial": "qml.tasks.trial",
    "tune": "qml.tasks.tune",
}
"""Verb of a manifest, and the module that carries it out."""


class Outcome(Protocol):
    """What a command found out."""

    def document(self) -> dict[str, Any]:
        """Return its JSON document."""
        ...


class Command(Protocol):
    """What a module of `qml.tasks` offers, so that its runs can be repeated."""

    def offer(self, loaded: Loaded, world: World) -> "Offer":
        """Resolve the backend, and plan the work on it without running it.

        Raises:
            PlanError: It cannot run.
        """
        ...

    def run(self, run: RunFolder, config: Config, root: Path, world: World) -> Outcome:
        """Work in a folder that is taken by this process; go on where it stopped."""
        ...

    def repeated(self, config: Config, outcome: dict[str, Any]) -> Config:
        """Return the configuration that repeats a run: amounts that were used stand for times."""
        ...

    def evidence(self, run: RunFolder) -> "Evidence":
        """Return what a replay is held against.

        Raises:
            RunError: The run has lost its outcome.
        """
        ...


def command_of(run: RunFolder) -> Command:
    """Return the command that made a run.

    Raises:
        RunError: This version knows no such command.
    """
    verb = run.manifest()["command"]
    if verb not in HOMES:
        raise RunError(
            f"run {run.id} is a `{verb}`, which this version does not know",
            hint=f"it knows {', '.join(HOMES)}",
        )
    return command_named(verb)


def command_named(verb: str) -> Command:
    """Return the command of a verb that this version knows."""
    return cast("Command", import_module(HOMES[verb]))
