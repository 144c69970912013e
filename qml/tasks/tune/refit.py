"""The best settings trained once more, on all training rows, and judged once on the test rows."""

from pathlib import Path
from typing import Any

from qml.config import Config, Loaded, runs_folder, validate
from qml.config.tuned import with_values
from qml.records import RunFolder
from qml.session import World, cap_run
from qml.tasks import carry
from qml.tasks.fleet.hushed import Hushed
from qml.tasks.runs import require_outcome
from qml.tasks.tune.purse import Purse
from qml.tasks.tune.search import REFIT, Search
from qml.tasks.tune.training import train_trial
from qml.tasks.tune.watched import Watched


class _Nobody:
    """Watches nothing: the last training is never given up."""

    def born(self, run_id: str) -> None:
        """Take no note."""

    def report(self, epoch: int, values: Any) -> bool:
        """Go on."""
        del epoch, values
        return False


def refitted(
    best: dict[str, Any],
    search: Search,
    parent: RunFolder,
    config: Config,
    root: Path,
    world: World,
    purse: Purse,
) -> dict[str, Any]:
    """Train the best settings once more, beside the rivals that `[baselines]` names.

    A study that goes on takes the same run up again. It may cost what the trials have left.

    Returns:
        `qml.train/1` of the run.

    Raises:
        InterruptedRunError: Somebody asked to stop.
        BudgetError: The study's money was spent before its end.
    """
    quiet = World(environ=world.environ, progress=Hushed(world.progress), clock=world.clock)
    with world.progress.bar("the best settings on the test rows", None):
        run = _taken(best, search, parent, config, root, quiet, purse)
        if _finished(run):
            return require_outcome(run)
        chosen = _config(best, config)
        return train_trial(run, parent.id, chosen, root, quiet, Watched(_Nobody()))


def _config(best: dict[str, Any], config: Config) -> Config:
    document = config.document()
    del document["tune"]
    return validate(with_values(document, best["values"]))


def _taken(
    best: dict[str, Any],
    search: Search,
    parent: RunFolder,
    config: Config,
    root: Path,
    world: World,
    purse: Purse,
) -> RunFolder:
    """Take the run of an earlier session, or make one and write it down."""
    place = f"{parent.id}/{best['search']}/{best['number']}"
    known = search.refits().get(place)
    if known is not None:
        run = RunFolder(runs_folder(config, root) / known)
        if not _finished(run):
            most = purse.part((search.name, REFIT), 1, known)
            run.take()
            if most is not None:
                cap_run(run, most, config, root, world)
        return run
    most = purse.part((search.name, REFIT), 1)
    loaded = Loaded(config=_config(best, config), origins={}, root=root, file=None)
    name = f"{search.name.replace('/', '-')}-best"
    run = carry.begin(loaded, "train", name=name, world=world, parent=parent.id, most=most)
    search.refit(place, run.id)
    return run


def _finished(run: RunFolder) -> bool:
    return run.manifest()["status"] == "finished"


def tested(document: dict[str, Any]) -> dict[str, Any]:
    """Return what the study's document says of that run."""
    metrics = document["metrics"]
    kept = ("test_accuracy", "test_accuracy_ci", "test_rows", "train_rows")
    return {
        "run_id": document["run_id"],
        "verdict": document["verdict"],
        **{key: metrics[key] for key in kept if key in metrics},
        "baselines": [
            {"name": b["name"], "test_accuracy": b["metrics"].get("test_accuracy")}
            for b in document.get("baselines", [])
            if b["metrics"]
        ],
    }
