"""Carry out one trial in this process: make or take its run, work, and say how it ended."""

import time
import traceback
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, Loaded, runs_folder, validate
from qml.errors import BudgetError, InterruptedRunError, QmlError
from qml.files import write_text
from qml.records import RunFolder, Scrubber
from qml.session import World, cap_run
from qml.tasks import carry
from qml.tasks.fleet.executors import Ask
from qml.tasks.fleet.hushed import Hushed
from qml.tasks.fleet.waiting import await_free
from qml.tasks.runs import require_outcome
from qml.tasks.tune.jobs import Done, Job, Watcher
from qml.tasks.tune.watched import Watched

if TYPE_CHECKING:
    from qml.tasks.tune.jobs import State

KEPT = ("validation_loss", "validation_accuracy", "validation_rows", "train_rows", "train_seconds")
BORN, REPORT = "born", "report"
"""What a trial tells."""
TRACEBACK = "traceback.txt"
"""File in the run of a trial that failed by an error which qml does not know."""


def perform(job: Job, root: Path, world: World, watcher: Watcher) -> Done:
    """Carry out a trial.

    Whatever goes wrong inside ends this trial and not the study; the study stops by itself where
    all fail.
    """
    started = time.monotonic()
    quiet = World(environ=world.environ, progress=Hushed(world.progress), clock=world.clock)
    watched = Watched(watcher)
    try:
        done = _performed(job, root, quiet, watched)
    except InterruptedRunError as error:
        done = _ended("interrupted", error)
        if watched.given_up:
            done = Done(state="pruned", error="given up: its validation loss is hopeless")
    except BudgetError as error:
        done = _ended("budget", error)
    except QmlError as error:
        done = _ended("failed", error)
    except Exception as error:  # noqa: BLE001 - a trial may run code of the user's that fails anyhow
        done = Done(state="failed", error=f"{type(error).__name__}: {error}", exit_code=70)
    clean = None if done.error is None else Scrubber(world.environ).text(done.error)
    return replace(done, error=clean, seconds=time.monotonic() - started)


def perform_far(job: Job, root: Path, world: World, ask: Ask) -> Done:
    """Carry out a trial in any process, and tell how it goes through `ask`."""
    return perform(job, root, world, _Line(ask))


class _Line:
    """Tells the study, wherever it is.

    Args:
        ask: Tells it, and returns the answer.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def born(self, run_id: str) -> None:
        """Tell the id, and wait until the study has written it down."""
        self._ask(BORN, run_id)

    def report(self, epoch: int, values: Mapping[str, float]) -> bool:
        """Tell how an epoch went, and hear whether to give up."""
        return bool(self._ask(REPORT, (epoch, dict(values))))


def _performed(job: Job, root: Path, world: World, watched: Watched) -> Done:
    config = validate(job.config)
    run = _open(job, config, root, world)
    watched.watcher.born(run.id)
    try:
        outcome = _work(run, job, config, root, world, watched)
        value = _value(job, outcome)
    except QmlError:
        raise
    except Exception:
        write_text(run.path / TRACEBACK, Scrubber(world.environ).text(traceback.format_exc()))
        raise
    facts = {k: v for k, v in outcome["metrics"].items() if k in KEPT}
    return Done(state="complete", value=value, facts=facts)


def _open(job: Job, config: Config, root: Path, world: World) -> RunFolder:
    """Take the run that an earlier session began, or make one."""
    if job.run_id is not None:
        run = RunFolder(runs_folder(config, root) / job.run_id)
        if run.manifest()["status"] == "finished" and not require_outcome(run).get("interrupted"):
            return run
        await_free(run)
        run.take()
        if job.most is not None:
            cap_run(run, job.most, config, root, world)
        return run
    loaded = Loaded(config=config, origins={}, root=root, file=None)
    return carry.begin(
        loaded, job.verb, name=job.name, world=world, parent=job.parent, most=job.most
    )


def _work(
    run: RunFolder, job: Job, config: Config, root: Path, world: World, watched: Watched
) -> dict[str, Any]:
    if run.manifest()["status"] == "finished":
        return require_outcome(run)
    if job.verb != "sample":
        from qml.tasks.tune.training import command_trial, train_trial

        trial = train_trial if job.verb == "train" else command_trial
        return trial(run, job.parent, config, root, world, watched)
    from qml.tasks.commands import command_of

    outcome = command_of(run).run(run, config, root, world).document()
    if outcome.get("interrupted"):  # a value of less work than the others had is none
        run.finalise("interrupted", stop_reason="interrupted")
        raise InterruptedRunError("interrupted; what was found so far is in its run")
    return outcome


def _value(job: Job, outcome: dict[str, Any]) -> float:
    from qml.tasks.tune.objective import Objective

    return Objective(metric=job.metric, direction="max").value_in(outcome)


def _ended(state: "State", error: QmlError) -> Done:
    said = f"{error.message} ({error.hint})" if error.hint else error.message
    return Done(state=state, error=said, exit_code=int(error.exit_code))
