"""`qml bench`: a matrix of model, data, backend and seed; each cell a run, none of them twice."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.errors import PlanError
from qml.records import RunFolder
from qml.session import World
from qml.tasks import carry
from qml.tasks.runs import require_outcome
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.results.replay import Evidence
    from qml.tasks.bench.outcome import Benched
    from qml.tasks.bench.survey import Survey
    from qml.tasks.offer import Offer


def begin(
    loaded: Loaded,
    *,
    name: str | None,
    world: World,
    parent: str | None = None,
    most: Decimal | None = None,
) -> RunFolder:
    """Build the suite, so that nothing is made for one that cannot be, and make the run folder.

    Args:
        loaded: Configuration.
        name: Name of the run.
        world: Clock and environment.
        parent: Run that this one repeats.
        most: Most that all cells together may cost, in all sessions.

    Raises:
        PluginError: No suite has that name.
        UsageError: It has no such model or data.
        RunError: The folder cannot be written, or the name cannot be used.
    """
    from qml.tasks.bench.matrix import suite_of

    suite_of(loaded.config)
    return carry.begin(loaded, "bench", name=name, world=world, parent=parent, most=most)


def plan(loaded: Loaded, world: World) -> "Survey":
    """Look every cell up, and plan those that would buy; nothing is run."""
    from qml.tasks.bench.matrix import suite_of
    from qml.tasks.bench.survey import survey

    return survey(suite_of(loaded.config), loaded, world)


def offer(loaded: Loaded, world: World) -> "Offer":
    """Plan all cells that would buy.

    Raises:
        PlanError: None of them costs anything.
    """
    from qml.tasks.offer import Offer

    found = plan(loaded, world)
    if found.plan is None:
        raise PlanError("no cell costs anything", hint="`qml bench --dry-run` lists the cells")
    return Offer(loaded=loaded, plan=found.plan)


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> "Benched":
    """Carry the cells out in a folder that `begin` made or `resume` took."""

    def work(tracker: Tracker, stop: "StopRequest") -> "Benched":
        from qml.tasks.bench.work import bench

        return bench(run_folder, config, root, tracker, stop, world)

    return carry.carry_out(run_folder, config, root, world, set_up=lambda: None, work=work)


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Return the configuration that repeats a benchmark: the same, and nothing is reused."""
    del outcome
    return config.model_copy(update={"bench": config.bench.model_copy(update={"fresh": True})})


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return the numbers of all cells but of those that measure time, less what a clock decides."""
    from qml.results.replay import Evidence

    outcome = require_outcome(run_folder)
    keys = ("suite", "model", "data", "backend", "seed")
    cells = {
        "/".join(str(c[k]) for k in keys[1:]): {} if c["alone"] else _untimed(c)
        for c in outcome["cells"]
    }
    return Evidence(metrics={"cells": cells})


def _untimed(cell: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in cell["metrics"].items() if key not in cell["timings"]}
