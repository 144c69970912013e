"""`qml compress`: a smaller model, judged on held-out data beside what practitioners use."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.errors import PlanError
from qml.records import RunFolder
from qml.session import World
from qml.tasks.carry import carry_out, set_up_engine
from qml.tasks.compress import circuit
from qml.tasks.compress.circuit.source import PREFIX
from qml.tasks.runs import require_outcome
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.results.replay import Evidence
    from qml.tasks.compress.circuit.outcome import Pruned
    from qml.tasks.compress.outcome import Compressed
    from qml.tasks.offer import Offer

UNREPEATED = frozenset({"seconds", "tokens_per_second", "note", "bound", "gap", "proven"})
"""Of a row, what a replay does not repeat: time, and what a limit of time decides."""


def check(config: Config, root: Path, world: World) -> None:
    """Refuse bad input before a model is loaded; see `qml.tasks.compress.checks`."""
    if is_circuit(config):
        circuit.check(config, root, world)
        return
    from qml.tasks.compress.checks import check_all

    check_all(config, root, world)


def offer(loaded: Loaded, world: World) -> "Offer":
    """Refuse: nothing is bought.

    Raises:
        PlanError: Always.
    """
    del loaded, world
    raise PlanError(
        "`qml compress` buys nothing: every search runs on this machine",
        hint="run it without --dry-run; bad input is told before a model is loaded",
    )


def is_circuit(config: Config) -> bool:
    """Whether the model is one that qml trained."""
    return config.compress.model.startswith(PREFIX)


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> "Compressed | Pruned":
    """Measure, choose, judge, write, record."""
    if is_circuit(config):
        return circuit.run(run_folder, config, root, world)

    def work(tracker: Tracker, stop: "StopRequest") -> "Compressed":
        from qml.tasks.compress.work import compress

        del tracker  # there are no steps to be mirrored, and the end is sent by `carry_out`
        return compress(run_folder, config, root, stop, world)

    return carry_out(
        run_folder,
        config,
        root,
        world,
        set_up=lambda: set_up_engine(config, root, world),
        work=work,
    )


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Give each search the evaluations that it used, in the place of its time."""
    if is_circuit(config):
        return circuit.repeated(config, outcome)
    used = {
        f"{row['method']}/{row['label']}": row["evaluations"]
        for row in outcome["rows"]
        if row["evaluations"] is not None
    }
    section = config.compress.model_copy(update={"used": used, "seconds": None, "output": None})
    return config.model_copy(update={"compress": section})


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return what every line measured."""
    from qml.results.replay import Evidence

    outcome = require_outcome(run_folder)
    if outcome["schema"] == "qml.compress-circuit/1":
        return circuit.evidence(run_folder)
    rows = outcome["rows"]
    kept = [{k: v for k, v in row.items() if k not in UNREPEATED} for row in rows]
    return Evidence(metrics={f"{row['method']}/{row['label']}": row for row in kept})
