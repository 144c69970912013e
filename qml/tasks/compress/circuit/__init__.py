"""`qml compress run:RUN --method prune`: gates and weights of a model that qml trained."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config
from qml.records import RunFolder
from qml.session import World
from qml.tasks.carry import carry_out, set_up_engine
from qml.tasks.runs import require_outcome
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.results.replay import Evidence
    from qml.tasks.compress.circuit.outcome import Pruned

UNREPEATED = frozenset({"seconds"})
"""Of a row, what a replay does not repeat."""


def check(config: Config, root: Path, world: World) -> None:
    """Refuse bad input before anything is loaded; see `qml.tasks.compress.circuit.checks`."""
    from qml.tasks.compress.circuit.checks import check_all

    check_all(config, root, world)


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> "Pruned":
    """Measure, choose, judge, keep."""

    def work(tracker: Tracker, stop: "StopRequest") -> "Pruned":
        from qml.tasks.compress.circuit.work import prune

        del tracker  # there are no steps to be mirrored, and the end is sent by `carry_out`
        return prune(run_folder, config, root, stop, world)

    return carry_out(
        run_folder,
        config,
        root,
        world,
        set_up=lambda: set_up_engine(config, root, world, "float64"),
        work=work,
    )


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Name the run by its id, and give the search the rounds that it used, in place of its time."""
    searched = next(row for row in outcome["rows"] if row["label"] != "whole" and not row["rival"])
    section = config.compress.model_copy(
        update={
            "model": outcome["model"]["source"],
            "used": {"rounds": searched["rounds"]},
            "seconds": None,
        }
    )
    return config.model_copy(update={"compress": section})


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return what every line measured."""
    from qml.results.replay import Evidence

    outcome = require_outcome(run_folder)
    kept = [{k: v for k, v in row.items() if k not in UNREPEATED} for row in outcome["rows"]]
    metrics = {f"cut/{row['label']}": row for row in kept}
    return Evidence(metrics={**metrics, "source": {"sha256": outcome["model"]["sha256"]}})
