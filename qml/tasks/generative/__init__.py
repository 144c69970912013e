"""`qml train` of a generative model: trained here, beside its rivals; nothing is bought."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qml.config import Config, Loaded
from qml.records import RunFolder
from qml.records.metrics import read_metrics
from qml.session import World
from qml.tasks.carry import carry_out, set_up_engine
from qml.tasks.generative.checks import BACKEND, check_config
from qml.tasks.runs import require_outcome
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.planning.plan import Plan
    from qml.results.generative import GenerativeOutcome
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer


def offer(loaded: Loaded, world: World) -> "Offer":
    """Plan the training; the backend of the configuration is where samples are drawn later."""
    from qml.tasks.offer import Offer

    section = loaded.config.backend.model_copy(update={"name": BACKEND, "route": [], "shots": 0})
    config = loaded.config.model_copy(update={"backend": section})
    here = Loaded(config=config, origins=loaded.origins, root=loaded.root, file=loaded.file)
    return Offer(loaded=here, plan=plan(loaded, world))


def plan(loaded: Loaded, world: World, backends: Sequence[str] = ()) -> "Plan":
    """Plan the training without running it; it is the same whatever backends are asked about."""
    check_config(loaded.config)
    set_up_engine(loaded.config, loaded.root, world)
    from qml.tasks.generative.plan import plan_lesson

    elsewhere = [name for name in (*backends, loaded.config.backend.name) if name != BACKEND]
    return plan_lesson(loaded.config, loaded.root, world, elsewhere)


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> "GenerativeOutcome":
    """Train in a folder that `begin` made or `resume` took.

    Raises:
        InterruptedRunError: Somebody asked to stop; `qml runs resume` goes on.
    """

    def work(tracker: Tracker, stop: "StopRequest") -> "GenerativeOutcome":
        from qml.tasks.generative.train import generate

        return generate(run_folder, config, root, tracker, stop, world)

    return carry_out(
        run_folder,
        config,
        root,
        world,
        set_up=lambda: set_up_engine(config, root, world),
        work=work,
    )


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return metrics and history of the model and its rivals."""
    from qml.results.replay import Evidence

    outcome = require_outcome(run_folder)
    rivals = {b["name"]: b["metrics"] for b in outcome["baselines"]}
    return Evidence(
        metrics={**outcome["metrics"], "baselines": rivals},
        history=read_metrics(run_folder.metrics_path),
    )
