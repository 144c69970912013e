"""`qml train`: a quantum model beside its classical baselines, and a manifest to replay it."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.errors import ConfigError
from qml.records import RunFolder
from qml.records.metrics import read_metrics
from qml.results.outcome import TrainOutcome
from qml.session import World
from qml.tasks import carry, generative
from qml.tasks.answers import read_predictions
from qml.tasks.generative.checks import check_config, is_generative
from qml.tasks.runs import require_outcome
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.planning.plan import Plan
    from qml.planning.routing import Routing
    from qml.results.generative import GenerativeOutcome
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer


def begin(
    loaded: Loaded,
    *,
    name: str | None,
    world: World,
    parent: str | None = None,
    routing: "Routing | None" = None,
    most: Decimal | None = None,
) -> RunFolder:
    """Make the run folder; see `qml.tasks.carry.begin`.

    Raises:
        ConfigError: No data is named.
        RunError: The folder cannot be written, or the name cannot be used.
    """
    require_data(loaded.config)
    if is_generative(loaded.config):
        check_config(loaded.config)
    return carry.begin(
        loaded, "train", name=name, world=world, parent=parent, routing=routing, most=most
    )


def offer(loaded: Loaded, world: World) -> "Offer":
    """Resolve the backend, and plan the training on it without running it.

    Raises:
        PlanError: It cannot run.
    """
    require_data(loaded.config)
    if is_generative(loaded.config):
        return generative.offer(loaded, world)
    set_up(loaded.config, loaded.root, world)
    from qml.tasks.offer import offer as make_offer

    return make_offer(loaded, world)


def plan(loaded: Loaded, world: World, backends: Sequence[str] = ()) -> "Plan":
    """Plan the training without running it.

    Args:
        loaded: Configuration.
        world: Environment and clock.
        backends: Backends to plan it on, side by side; that of the configuration where empty.

    Raises:
        PlanError: It cannot run on any of them.
    """
    if not backends:
        return offer(loaded, world).plan
    require_data(loaded.config)
    if is_generative(loaded.config):
        return generative.plan(loaded, world, backends)
    set_up(loaded.config, loaded.root, world)
    from qml.tasks.offer import plan_on

    return plan_on(loaded, backends, world)


def run(
    run_folder: RunFolder, config: Config, root: Path, world: World
) -> "TrainOutcome | GenerativeOutcome":
    """Train in a folder that `begin` made or `resume` took.

    Raises:
        InterruptedRunError: Somebody asked to stop; `qml runs resume` goes on.
    """
    if is_generative(config):
        return generative.run(run_folder, config, root, world)

    def work(tracker: Tracker, stop: "StopRequest") -> TrainOutcome:
        from qml.tasks.training import train

        return train(run_folder, config, root, tracker, stop, world)

    return carry.carry_out(
        run_folder,
        config,
        root,
        world,
        set_up=lambda: set_up(config, root, world),
        work=work,
    )


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Return the configuration that repeats a training: the same."""
    del outcome
    return config


def evidence(run: RunFolder) -> "Evidence":
    """Return metrics, history and answers of a training.

    Raises:
        RunError: The run has lost its outcome.
    """
    import numpy as np

    from qml.results.replay import Evidence

    outcome = require_outcome(run)
    if outcome["schema"] == "qml.train-generative/1":
        return generative.evidence(run)
    rivals = {b["name"]: b["metrics"] for b in outcome["baselines"]}
    answers = read_predictions(run)
    correct = np.array([label == predicted for _, label, predicted in answers], dtype=bool)
    return Evidence(
        metrics={**outcome["metrics"], "baselines": rivals},
        history=read_metrics(run.metrics_path),
        correct=correct if answers else None,
    )


def require_data(config: Config) -> None:
    """Refuse a configuration that names no data; nothing is made for it.

    Raises:
        ConfigError: None of `data.name`, `data.path` and `data.entry` is set.
    """
    if not (config.data.name or config.data.path or config.data.entry):
        raise ConfigError(
            "no data is named",
            hint="set data.name = 'digits', or `qml train --data FILE`; `qml init` makes a project",
        )


def set_up(config: Config, root: Path, world: World) -> None:
    """Configure the engine; must precede every import of JAX."""
    kernel = config.model.kind == "kernel"
    carry.set_up_engine(config, root, world, "float64" if kernel else None)
