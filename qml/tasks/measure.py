"""A measurement of a benchmark as a run of its own: time of a step, gates, prices."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.errors import ConfigError, InterruptedRunError, PlanError
from qml.records import RunFolder
from qml.results.outcome import Cost
from qml.session import World
from qml.tasks import carry
from qml.tasks.runs import require_outcome
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureOutcome:
    """What a measurement came to.

    Attributes:
        run_id: Id of the run.
        name: Name of the run, or None.
        run_dir: Its folder.
        kind: The measurement's registered name.
        options: What it was given.
        metrics: Numbers by name.
        samples: Single values behind a number, by its name.
        facts: Versions, settings, what was left out and why.
        timings: Names of the metrics that a clock decides.
        skipped: Why nothing was measured, or None.
        verdict: One sentence.
        cost: Money: none.
    """

    run_id: str
    name: str | None
    run_dir: str
    kind: str
    options: dict[str, Any]
    metrics: dict[str, float]
    samples: dict[str, list[float]]
    facts: dict[str, Any]
    timings: list[str]
    skipped: str | None
    verdict: str
    cost: Cost

    def document(self) -> dict[str, Any]:
        """Return the JSON document `qml.measure/1`."""
        return {"schema": "qml.measure/1", **asdict(self)}


def offer(loaded: Loaded, world: World) -> "Offer":
    """Refuse: a measurement costs nothing and is planned nowhere."""
    del loaded, world
    raise PlanError("a measurement runs on this machine and costs nothing")


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> MeasureOutcome:
    """Measure in a folder that is taken by this process."""
    if config.measure.kind is None:
        raise ConfigError("no measurement is named", hint="measure.kind = 'step'")

    def work(tracker: Tracker, stop: "StopRequest") -> MeasureOutcome:
        del tracker
        return measured(run_folder, config, root, stop, world)

    return carry.carry_out(
        run_folder,
        config,
        root,
        world,
        set_up=lambda: carry.set_up_engine(config, root, world),
        work=work,
    )


def measured(
    run_folder: RunFolder, config: Config, root: Path, stop: "StopRequest", world: World
) -> MeasureOutcome:
    """Measure and record."""
    from qml import plugins
    from qml.benchmarking.measurements.base import Measurement, Surroundings
    from qml.tasks.rehearsals import Rehearsals

    kind, options = config.measure.kind, config.measure.options
    assert kind is not None
    measurement: Measurement = plugins.load("measurements", kind)
    measurement.check(options)
    run_folder.artifacts.mkdir(exist_ok=True)
    around = Surroundings(
        config=config,
        root=root,
        folder=run_folder.artifacts,
        environ=world.environ,
        seed=config.train.seed,
        progress=world.progress,
        stop=lambda: stop.requested,
        trade=Rehearsals(run_folder, config, root, world),
    )
    found = measurement.measure(options, around)
    if stop.requested:  # what was measured of it so far is no measurement
        raise InterruptedRunError("interrupted; it is measured anew")
    numbers = ", ".join(f"{name} {value:.6g}" for name, value in found.metrics.items())
    outcome = MeasureOutcome(
        run_id=run_folder.id,
        name=run_folder.manifest()["name"],
        run_dir=str(run_folder.path),
        kind=kind,
        options=dict(options),
        metrics=dict(found.metrics),
        samples={name: list(values) for name, values in found.samples.items()},
        facts=dict(found.facts),
        timings=list(found.timings),
        skipped=found.skipped,
        verdict=f"Not measured: {found.skipped}." if found.skipped else f"{kind}: {numbers}.",
        cost=Cost(),
    )
    run_folder.write_document(run_folder.outcome_path, outcome.document())
    run_folder.finalise(
        "finished",
        metrics=outcome.metrics,
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
        seeds={"root": config.train.seed, "derived": {}},
    )
    return outcome


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Return the configuration that repeats it: the same."""
    del outcome
    return config


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return its numbers, less those that a clock decides."""
    from qml.results.replay import Evidence

    outcome = require_outcome(run_folder)
    timed = outcome.get("timings", ())
    kept = {key: value for key, value in outcome["metrics"].items() if key not in timed}
    return Evidence(metrics=kept)
