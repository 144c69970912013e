"""A classical model on the rows that a quantum model of a benchmark gets, as a run of its own."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.errors import ConfigError, PlanError, SkippedError
from qml.records import RunFolder
from qml.results.outcome import Cost
from qml.session import World
from qml.tasks import carry
from qml.tasks.runs import require_outcome
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.data import Dataset
    from qml.execution.stop import StopRequest
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer


KERNEL = "kernel"


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalOutcome:
    """What a classical model came to.

    Attributes:
        run_id: Id of the run.
        name: Name of the run, or None.
        run_dir: Its folder.
        rival: The baseline's registered name.
        parameters: Number of its trained parameters.
        settings: Its hyper-parameters, and whether they were tuned.
        metrics: `test_accuracy`, `test_accuracy_ci`, `train_accuracy`, `train_seconds`, rows.
        verdict: One sentence.
        cost: Money: none.
    """

    run_id: str
    name: str | None
    run_dir: str
    rival: str
    parameters: int
    settings: dict[str, Any]
    metrics: dict[str, Any]
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.rival/1`."""
        return {"schema": "qml.rival/1", **asdict(self)}


def offer(loaded: Loaded, world: World) -> "Offer":
    """Refuse: a classical model costs nothing and is planned nowhere."""
    del loaded, world
    raise PlanError("a classical model runs on this machine and costs nothing")


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> RivalOutcome:
    """Train in a folder that is taken by this process."""
    if config.rival.name is None:
        raise ConfigError("no classical model is named", hint="rival.name = 'rbf_svc'")

    def work(tracker: Tracker, stop: "StopRequest") -> RivalOutcome:
        del tracker, stop
        return train(run_folder, config, root, world)

    def set_up() -> None:
        if config.model.kind != KERNEL:
            carry.set_up_engine(config, root, world)

    return carry.carry_out(run_folder, config, root, world, set_up=set_up, work=work)


def train(run_folder: RunFolder, config: Config, root: Path, world: World) -> RivalOutcome:
    """Prepare the rows, train, answer the test rows, record."""
    from qml import plugins
    from qml.algorithms.baselines.base import Problem
    from qml.algorithms.baselines.suite import train_baseline
    from qml.data import load, prepare
    from qml.seeds import Seeds
    from qml.tasks.answers import write_predictions

    name = config.rival.name
    assert name is not None
    seeds = Seeds(config.train.seed)
    dataset = load(config.data, root=root, environ=world.environ, progress=world.progress)
    scale = "angle" if config.data.scale == "auto" else config.data.scale
    data = prepare(dataset, config.data, seeds=seeds, scale=scale)
    problem = Problem(
        train_features=data.train.features,
        train_labels=data.train.labels,
        test_features=data.test.features,
        test_labels=data.test.labels,
        classes=len(data.classes),
        parameters=_parameters(config, dataset, root),
        seeds=seeds,
        settings=config.rival.settings,
    )
    found = train_baseline(name, plugins.load("baselines", name), problem)
    if found.outcome.skipped is not None or found.predicted is None:
        raise SkippedError(f"`{name}` was not trained: {found.outcome.skipped}")
    write_predictions(
        run_folder, zip(data.test.index, data.test.labels, found.predicted, strict=True)
    )
    rows = {"test_rows": len(data.test), "train_rows": len(data.train)}
    outcome = RivalOutcome(
        run_id=run_folder.id,
        name=run_folder.manifest()["name"],
        run_dir=str(run_folder.path),
        rival=name,
        parameters=found.outcome.parameters,
        settings=found.outcome.settings,
        metrics={**found.outcome.metrics, **rows},
        verdict=f"{name} answers {found.outcome.metrics['test_accuracy']:.3f} of"
        f" {len(data.test):,} test rows correctly.",
        cost=Cost(),
    )
    run_folder.write_document(run_folder.outcome_path, outcome.document())
    run_folder.finalise(
        "finished",
        data={"source": dict(dataset.source), "digests": dict(data.digests)},
        metrics=outcome.metrics,
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
        seeds={"root": seeds.root, "derived": seeds.issued},
    )
    return outcome


def _parameters(config: Config, dataset: "Dataset", root: Path) -> int:
    """Count the weights of the quantum model that `[model]` describes; a kernel has none."""
    if config.model.kind == KERNEL:
        return 0
    from qml import plugins
    from qml.algorithms.models import VariationalModel
    from qml.planning.training import parameters_of
    from qml.tasks.prepare import shape_of

    model = plugins.load("models", config.model.kind)(config.model, shape_of(dataset, config), root)
    return parameters_of(model) if isinstance(model, VariationalModel) else 0


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Return the configuration that repeats it: the same."""
    del outcome
    return config


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return its metrics and its answers."""
    import numpy as np

    from qml.results.replay import Evidence
    from qml.tasks.answers import read_predictions

    answers = read_predictions(run_folder)
    correct = np.array([label == predicted for _, label, predicted in answers], dtype=bool)
    metrics = require_outcome(run_folder)["metrics"]
    return Evidence(metrics=metrics, correct=correct if answers else None)
