"""`qml sample model`: new rows from a generative model that `qml train` trained."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.records import RunFolder
from qml.session import World
from qml.tasks.carry import carry_out, set_up_engine
from qml.tasks.runs import require_outcome
from qml.tasks.sample.model.finding import model_run
from qml.tasks.sample.output import ROWS, check_output
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer
    from qml.tasks.sample.model.sampled import SampledRows


def check(config: Config, root: Path, world: World) -> None:
    """Refuse bad input.

    Raises:
        ConfigError: No run is named, or the format of the output is unknown.
        RunError: The run has no trained generative model.
    """
    del world
    section = config.sample.model
    model_run(config, root)
    check_output(section.output, root, ROWS)


def offer(loaded: Loaded, world: World) -> "Offer":
    """Resolve the backend, and plan the circuit on it without running it.

    Raises:
        PlanError: It cannot run it.
    """
    set_up_engine(loaded.config, loaded.root, world)
    from qml.tasks.sample.model.offering import offer as make_offer

    return make_offer(loaded, world)


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> "SampledRows":
    """Draw, judge, record."""

    def work(tracker: Tracker, stop: "StopRequest") -> "SampledRows":
        from qml.tasks.sample.model.drawing import draw_rows

        del tracker  # there are no steps to be mirrored, and the end is sent by `carry_out`
        return draw_rows(run_folder, config, root, stop, world)

    return carry_out(
        run_folder,
        config,
        root,
        world,
        set_up=lambda: set_up_engine(config, root, world),
        work=work,
    )


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Name the run by its id, and write no file outside the run folder."""
    update = {"run": outcome["model_run"], "output": None}
    section = config.sample.model.model_copy(update=update)
    return config.model_copy(update={"sample": config.sample.model_copy(update={"model": section})})


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return the digest of the rows, and how well they do."""
    from qml.results.replay import Evidence

    outcome = require_outcome(run_folder)
    rivals = {row["name"]: row["metrics"] for row in outcome["rivals"]}
    return Evidence(metrics={**outcome["metrics"], "digest": outcome["digest"], "rivals": rivals})
