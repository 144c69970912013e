"""A trial of a command of the user's own: what it was given, and the number that it came to."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.errors import PlanError
from qml.records import RunFolder
from qml.results.outcome import Cost
from qml.session import World
from qml.tasks.carry import carry_out
from qml.tasks.runs import require_outcome
from qml.tasks.tuning.numbers import number_in
from qml.tasks.tuning.objective import COMMAND
from qml.tasks.tuning.process import run_command, words_of
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a command came to.

    Attributes:
        run_id: Id of the run.
        name: Name of the run.
        run_dir: Its folder.
        words: The command as it was run.
        values: What was put into it.
        metrics: `value` and `seconds`.
        verdict: One sentence.
        cost: Money; qml knows of none here.
    """

    run_id: str
    name: str | None
    run_dir: str
    words: tuple[str, ...]
    values: dict[str, Any]
    metrics: dict[str, float]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.trial/1`."""
        return {"schema": "qml.trial/1", **asdict(self), "words": list(self.words)}


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


def run_trial(
    run_folder: RunFolder, config: Config, root: Path, world: World, stop: "StopRequest"
) -> Trial:
    """Run the command, read its number, record."""
    tune = config.tune
    assert tune.command is not None
    words = words_of(tune.command, tune.values)
    printed = run_command(
        words, root, world.environ, timeout=tune.timeout, stop=lambda: stop.requested
    )
    value = number_in(printed.stdout, tune.metric_from, tune.metric)
    outcome = Trial(
        run_id=run_folder.id,
        name=run_folder.manifest()["name"],
        run_dir=str(run_folder.path),
        words=tuple(words),
        values=tune.values,
        metrics={COMMAND: value, "seconds": printed.seconds},
        verdict=f"{words[0]} came to {value:.6g}",
        cost=Cost(),
    )
    run_folder.write_document(run_folder.outcome_path, outcome.document())
    run_folder.finalise(
        "finished",
        metrics=outcome.metrics,
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
        seeds={"root": tune.seed, "derived": {}},
    )
    return outcome


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Return the configuration that repeats a trial: the same."""
    del outcome
    return config


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return the number that the command came to."""
    from qml.results.replay import Evidence

    return Evidence(metrics=require_outcome(run_folder)["metrics"])
