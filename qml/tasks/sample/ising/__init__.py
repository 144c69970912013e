"""`qml sample ising`: Boltzmann samples by several methods side by side."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.errors import ConfigError, DataError
from qml.plugins import check as check_plugin
from qml.records import RunFolder
from qml.session import World
from qml.tasks.carry import carry_out, set_up_engine
from qml.tasks.runs import require_outcome
from qml.tasks.sample.output import ROWS, check_output
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer
    from qml.tasks.sample.ising.sampled import Sampled

PAID = frozenset({"ess_per_dollar"})
"""Numbers that rest on a bill; a replay reads what was bought, and pays nothing."""


def check(config: Config, root: Path, world: World) -> None:
    """Refuse bad input: the file is read, and every method is built.

    Raises:
        ConfigError: No file or temperature is named, or an option is out of range.
        DataError: The problem cannot be read, or has no Boltzmann distribution.
        PlanError: A method cannot sample it.
        PluginError: A method is unknown.
    """
    del world
    section = config.sample.ising
    if section.file is None:
        raise ConfigError("no problem is named", hint="`qml sample ising FILE --temperature 1`")
    if section.temperature is None:
        raise ConfigError("no temperature is given", hint="--temperature 1, in units of the energy")
    if not (root / section.file).is_file():
        raise DataError(f"no file {root / section.file}")
    for name in (*section.methods, *section.options):
        check_plugin("samplers", name)
    check_output(section.output, root, ROWS)
    from qml.tasks.sample.ising.assignment import assignment

    assignment(config, root)


def offer(loaded: Loaded, world: World) -> "Offer":
    """Resolve the backend, and plan the circuits on it without running them.

    Raises:
        PlanError: It cannot run them.
    """
    set_up_engine(loaded.config, loaded.root, world)
    from qml.tasks.sample.ising.proposals import offer as make_offer

    return make_offer(loaded, world)


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> "Sampled":
    """Sample, compare, record."""

    def work(tracker: Tracker, stop: "StopRequest") -> "Sampled":
        from qml.tasks.sample.ising.sampling import sample_all

        del tracker  # there are no steps to be mirrored, and the end is sent by `carry_out`
        return sample_all(run_folder, config, root, stop, world)

    return carry_out(
        run_folder,
        config,
        root,
        world,
        set_up=lambda: set_up_engine(config, root, world),
        work=work,
    )


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Let each method make the steps that it made, in the place of its budget."""
    used = {row["method"]: row["steps"] for row in outcome["methods"]}
    section = config.sample.ising.model_copy(
        update={"used": used, "methods": list(used), "seconds": None, "output": None}
    )
    sample = config.sample.model_copy(update={"ising": section})
    return config.model_copy(update={"sample": sample})


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return what each method drew, the digest of the samples among it."""
    from qml.results.replay import Evidence

    rows = require_outcome(run_folder)["methods"]
    kept = {r["method"]: {k: v for k, v in r.items() if k not in PAID} for r in rows}
    return Evidence(metrics=kept)
