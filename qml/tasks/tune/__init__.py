"""`qml tune`: trials of other settings, each a run of its own, and the best of them."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded
from qml.config.tuned import parameters
from qml.errors import ConfigError, PlanError
from qml.records import RunFolder
from qml.session import World
from qml.tasks import carry
from qml.tasks.runs import require_outcome
from qml.tasks.tune.checks import (
    check_command,
    check_names,
    check_sampler,
    check_trained,
)
from qml.tasks.tune.distributions import first_values
from qml.tasks.tune.jobs import trial_config
from qml.tasks.tune.objective import objective_of
from qml.tasks.tune.storage import require_optuna
from qml.tasks.tune.unpriced import check_cap
from qml.tracking.base import Tracker

if TYPE_CHECKING:
    from qml.execution.stop import StopRequest
    from qml.planning.routing import Routing
    from qml.results.replay import Evidence
    from qml.tasks.offer import Offer
    from qml.tasks.tune.outcome import Tuned


def check(config: Config, root: Path, world: World) -> None:
    """Refuse a study that cannot work, before anything is made or spent.

    Raises:
        ConfigError: Nothing is tuned, or a key, choice or metric is unknown.
        PluginError: The sampler or a choice is unknown.
        MissingExtraError: Optuna is not installed.
    """
    tune = config.tune
    if not tune.space:
        raise ConfigError(
            "nothing is named that could be tuned",
            hint="[tune.space] in qml.toml, e.g. 'train.learning_rate' ="
            " { low = 0.001, high = 0.1, log = true }; or `qml init NAME --template tune`",
        )
    require_optuna()
    check_sampler(config)
    objective_of(config)
    space = parameters(config)
    if tune.command is not None:
        check_command(config, space)
    else:
        check_names(space)
        _check_task(config, root, world)


def _check_task(config: Config, root: Path, world: World) -> None:
    """Refuse what the trials' own command would refuse."""
    if config.tune.task == "train":
        from qml.tasks.train import require_data

        require_data(config)
        check_trained(config, parameters(config))
        return
    from qml.tasks.sample import kind_of

    one = trial_config(config, first_values(parameters(config)))
    kind_of(one).check(one, root, world)


def begin(
    loaded: Loaded,
    *,
    name: str | None,
    world: World,
    parent: str | None = None,
    routing: "Routing | None" = None,
    most: Decimal | None = None,
) -> RunFolder:
    """Check the study and make its run folder; see `qml.tasks.carry.begin`."""
    check(loaded.config, loaded.root, world)
    if most is not None:
        check_cap(loaded.config)
    return carry.begin(
        loaded, "tune", name=name, world=world, parent=parent, routing=routing, most=most
    )


def offer(loaded: Loaded, world: World) -> "Offer":
    """Resolve the backend, and plan one trial as qml.toml has it, times the trials.

    Raises:
        PlanError: It cannot run there, or the trials are a command of the user's.
    """
    config = loaded.config
    check(config, loaded.root, world)
    if config.tune.command is not None:
        raise PlanError(
            "what a command of your own costs is not known here", hint="run it without --dry-run"
        )
    found = _offer_one(loaded, world)
    from qml.tasks.tune.pricing import whole_study

    resolved = config.model_copy(update={"backend": found.loaded.config.backend})
    return replace(
        found,
        loaded=replace(loaded, config=resolved),
        plan=whole_study(found.plan, config),
    )


def _offer_one(loaded: Loaded, world: World) -> "Offer":
    """Plan one trial: a training as qml.toml has it, a sampling with the first of all choices."""
    config = loaded.config
    if config.tune.task == "sample":
        from qml.tasks.sample import offer as sample_offer

        one = trial_config(config, first_values(parameters(config)))
        return sample_offer(replace(loaded, config=one), world)
    from qml.tasks.train import offer as train_offer

    return train_offer(replace(loaded, config=trial_config(config, {})), world)


def run(run_folder: RunFolder, config: Config, root: Path, world: World) -> "Tuned":
    """Search in a folder that `begin` made or `resume` took."""

    def work(tracker: Tracker, stop: "StopRequest") -> "Tuned":
        from qml.tasks.tune.closing import tune

        return tune(run_folder, config, root, tracker, stop, world)

    return carry.carry_out(
        run_folder, config, root, world, set_up=lambda: _set_up(config, root, world), work=work
    )


def repeated(config: Config, outcome: dict[str, Any]) -> Config:
    """Return the configuration that repeats a study: a study of its own, as many trials.

    Trials that ran side by side were chosen by what was known then, so that only a sequential
    study is sure to repeat to the last bit.
    """
    used = {row["name"]: row["trials"] for row in outcome["searches"]}
    tune = config.tune.model_copy(update={"study": None, "seconds": None, "used": used})
    return config.model_copy(update={"tune": tune})


def evidence(run_folder: RunFolder) -> "Evidence":
    """Return what each trial drew and came to, and the answers of the last training."""
    import numpy as np

    from qml.results.replay import Evidence
    from qml.tasks.answers import read_predictions

    outcome = require_outcome(run_folder)
    trials = {
        f"{t['search']}/{t['number']}": {k: t[k] for k in ("state", "values", "value")}
        for t in outcome["trials"]
    }
    correct = None
    if outcome["test"] is not None:
        tested = RunFolder(run_folder.path.parent / outcome["test"]["run_id"])
        answers = read_predictions(tested)
        correct = np.array([label == predicted for _, label, predicted in answers], dtype=bool)
    return Evidence(metrics={**outcome["metrics"], "trials_drawn": trials}, correct=correct)


def _set_up(config: Config, root: Path, world: World) -> None:
    """Configure the engine where trials run in this process."""
    if config.tune.command is not None or config.tune.parallel > 1:
        return
    from qml.tasks.train import set_up

    set_up(config, root, world)
