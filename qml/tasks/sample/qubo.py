"""`qml sample qubo`: solvers side by side on one binary quadratic problem."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.engine.environment import setup
from qml.errors import ConfigError, DataError, PlanError
from qml.plugins import check as check_plugin
from qml.records import RunFolder
from qml.session import World, cache_folder
from qml.tasks.carry import carry_out
from qml.tasks.runs import require_outcome
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer
    from qml.tasks.sample.solving import Solved

SECONDS = 10.0
"""Wall time of each solver where no budget is set."""


def check(config: Config, root: Path) -> None:
    """Refuse bad input.

    Raises:
        ConfigError: No file is named.
        DataError: The file does not exist.
        PluginError: A solver is unknown.
    """
    section = config.sample.qubo
    if section.file is None:
        raise ConfigError("no problem is named", hint="`qml sample qubo FILE`, or sample.qubo.file")
    if not (root / section.file).is_file():
        raise DataError(f"no file {root / section.file}")
    for name in section.solvers:
        check_plugin("solvers", name)


def offer(loaded: Loaded, world: World) -> "Offer":
    """Resolve the backend, and plan the work on it without running it."""
    raise PlanError(f"{loaded.root} {world.clock.now()}")


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> "Solved":
    """Solve, compare, record."""

    def work(tracker: Tracker, stop: "StopRequest") -> "Solved":
        from qml.tasks.sample.solving import solve_all

        return solve_all(run_folder, config, root, tracker, stop, world)

    return carry_out(
        run_folder,
        config,
        root,
        world,
        set_up=lambda: setup(
            threads=config.backend.threads,
            cache_dir=cache_folder(root, world.environ),
            precision=config.backend.precision,
        ),
        work=work,
    )


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Give each solver the evaluations that it used, in the place of its time."""
    used = {row["solver"]: row["evaluations"] for row in outcome["solvers"]}
    section = config.sample.qubo.model_copy(update={"used": used, "seconds": None})
    return config.model_copy(update={"sample": config.sample.model_copy(update={"qubo": section})})


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return what each solver found."""
    from qml.results.replay import Evidence

    outcome = require_outcome(run_folder)
    return Evidence(metrics={row["solver"]: row for row in outcome["solvers"]})
