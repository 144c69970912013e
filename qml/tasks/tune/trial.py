"""What a trial of a command of the user's does: run it, read its number, record."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config
from qml.records import RunFolder
from qml.results.outcome import Cost
from qml.session import World
from qml.tasks.tune.numbers import number_in
from qml.tasks.tune.objective import COMMAND
from qml.tasks.tune.process import beside_qml, run_command, words_of
from qml.tasks.tune.unpriced import UNKNOWN

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest


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
        cost: Money; what a command costs is not known to qml.
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


def run_trial(
    run_folder: RunFolder, config: Config, root: Path, world: World, stop: "StopRequest"
) -> Trial:
    """Run the command, read its number, record."""
    tune = config.tune
    assert tune.command is not None
    words = words_of(tune.command, tune.values)
    printed = run_command(
        words, root, beside_qml(world.environ), timeout=tune.timeout, stop=lambda: stop.requested
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
        cost=Cost(estimated=UNKNOWN, billed=UNKNOWN),
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
