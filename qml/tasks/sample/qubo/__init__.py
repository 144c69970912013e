"""`qml sample qubo`: solvers side by side on one binary quadratic problem."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.config.sections.sample import QuboSection
from qml.errors import ConfigError, DataError
from qml.plugins import check as check_plugin
from qml.records import RunFolder
from qml.session import World
from qml.tasks.carry import carry_out, set_up_engine
from qml.tasks.runs import require_outcome
from qml.tasks.sample.output import ASSIGNMENTS, check_output
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer
    from qml.tasks.sample.qubo.assignment import Assignment
    from qml.tasks.sample.qubo.solved import Solved

UNREPEATED = frozenset({"price", "interrupted"})
"""Of a row, what a replay does not repeat: it pays nothing, and nobody stops it."""


def check(config: Config, root: Path, world: World) -> None:
    """Refuse bad input: the problem is read, its constraints are tried, settings are read.

    Raises:
        ConfigError: No file is named, or a setting of a solver is out of range.
        DataError: The problem cannot be read, or its constraints cannot hold.
        PlanError: A solver cannot work on it.
        PluginError: A solver is unknown.
    """
    del world
    section = config.sample.qubo
    _check_named(section, root)
    for name in (*section.solvers, *section.options):
        check_plugin("solvers", name)
    check_output(section.output, root, ASSIGNMENTS)
    from qml.tasks.sample.qubo.assignment import assignment

    assignment(config, root)


def _check_named(section: QuboSection, root: Path) -> None:
    if section.file is None and section.instance is None:
        raise ConfigError(
            "no problem is named",
            hint="`qml sample qubo FILE`, sample.qubo.file, or sample.qubo.instance",
        )
    if section.file is not None and section.instance is not None:
        raise ConfigError(
            f"two problems are named: {section.file} and the instance {section.instance}",
            hint="leave one of sample.qubo.file and sample.qubo.instance out",
        )
    if section.file is not None and not (root / section.file).is_file():
        raise DataError(f"no file {root / section.file}")


def offer(loaded: Loaded, world: World) -> "Offer":
    """Resolve the backend, and plan the quantum solvers on it without running them.

    Raises:
        PlanError: It cannot run them.
    """
    from qml.tasks.sample.qubo.assignment import assignment
    from qml.tasks.sample.qubo.backends import offer as make_offer

    made = assignment(loaded.config, loaded.root)
    _set_up(loaded.config, made, loaded.root, world)
    return make_offer(loaded, made, world)


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> "Solved":
    """Solve, compare, record."""
    from qml.tasks.sample.qubo.assignment import assignment

    made = assignment(config, root)

    def work(tracker: Tracker, stop: "StopRequest") -> "Solved":
        from qml.tasks.sample.qubo.work import solve_all

        del tracker  # there are no steps to be mirrored, and the end is sent by `carry_out`
        return solve_all(run_folder, config, made, root=root, stop=stop, world=world)

    return carry_out(
        run_folder,
        config,
        root,
        world,
        set_up=lambda: _set_up(config, made, root, world),
        work=work,
    )


def _set_up(config: Config, work: "Assignment", root: Path, world: World) -> None:
    """Make the engine ready where a solver may use it; classical ones start without it."""
    if not work.quantum:
        return
    set_up_engine(config, root, world)


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Give each solver that ran the evaluations that it used, in the place of its time."""
    used = {row["solver"]: row["evaluations"] for row in outcome["solvers"]}
    section = config.sample.qubo.model_copy(
        update={"used": used, "solvers": list(used), "seconds": None, "output": None}
    )
    return config.model_copy(update={"sample": config.sample.model_copy(update={"qubo": section})})


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return what each solver found."""
    from qml.results.replay import Evidence

    rows = require_outcome(run_folder)["solvers"]
    kept = [{k: v for k, v in row.items() if k not in UNREPEATED} for row in rows]
    return Evidence(metrics={row["solver"]: row for row in kept})
