"""Runs can be replayed: the project's newest run, or a short training of now."""

from dataclasses import replace
from typing import TYPE_CHECKING

from qml.config import Config, Loaded, runs_folder
from qml.config.sections import TrackingSection
from qml.records import RunFolder, list_runs
from qml.results.replay import Evidence, ReplayVerdict, judge_replay
from qml.tasks.carry import begin, leaves_this_machine
from qml.tasks.commands import command_of
from qml.tasks.replay import NOTHING, replay_of
from qml.tasks.test.checks.base import Checked, Reading, State

if TYPE_CHECKING:
    from qml.tasks.test.subject import Subject

TITLE = "Does a run repeat from its manifest?"
SECONDS = 12.0
MOST_SECONDS = 30.0
"""Runs that took longer are not repeated here; a short training stands in."""
STEPS = 20


def check(subject: "Subject") -> Checked:
    """Replay a run in the folder of this test.

    Raises:
        SkippedError: There is no run, and nothing to train.
    """
    original = _newest(subject)
    origin = "the newest run" if original else f"a training of {STEPS} steps"
    run = original or _short(subject)
    verdict = _replay(run, subject)
    state: State = "failed" if verdict.verdict == "drifted" else "passed"
    return Checked(
        state=state,
        why=f"{origin}, {run.id}, is {verdict.verdict}"
        + (f": {verdict.first_difference}" if verdict.first_difference else ""),
        advice=f"qml replay {run.id} names what differs: packages, code or data"
        if state == "failed" and original
        else "look for randomness that no seed decides"
        if state == "failed"
        else "",
        readings=(
            Reading(
                name="p-value",
                value=1.0 if verdict.p_value is None else verdict.p_value,
                threshold=subject.share,
                sense=">=",
                state=state,
            ),
        ),
        tests=1,
        facts={"run": run.id, "verdict": verdict.verdict, "differences": list(verdict.differences)},
    )


def _newest(subject: "Subject") -> RunFolder | None:
    """Return the newest finished training that repeats in little time and for nothing."""
    for entry in list_runs(runs_folder(subject.config, subject.root)):
        manifest = entry.manifest
        if manifest is None or manifest["command"] != "train" or manifest["status"] != "finished":
            continue
        metrics = manifest.get("metrics") or {}
        quick = float(metrics.get("train_seconds", 0.0)) <= MOST_SECONDS
        return RunFolder(entry.path) if quick else None
    return None


def _short(subject: "Subject") -> RunFolder:
    config = subject.work.config
    train = config.train.model_copy(update={"steps": min(STEPS, subject.config.test.steps)})
    config = config.model_copy(update={"train": train})
    return _carried_out("train", _hidden(config, subject), subject)


def _replay(run: RunFolder, subject: "Subject") -> ReplayVerdict:
    loaded = replay_of(run, subject.root, subject.world, fresh=False)
    again = _carried_out(run.manifest()["command"], _hidden(loaded.config, subject), subject)
    before, after = (_evidence(one) for one in (run, again))
    return judge_replay(before, after, confidence=1 - subject.share)


def _evidence(run: RunFolder) -> Evidence:
    """Return what a run left behind, without the classical rivals, which are not trained again."""
    found = command_of(run).evidence(run)
    metrics = {key: value for key, value in found.metrics.items() if key != "baselines"}
    return replace(found, metrics=metrics)


def _carried_out(verb: str, config: Config, subject: "Subject") -> RunFolder:
    loaded = Loaded(config=config, origins={}, root=subject.root, file=None)
    most = NOTHING if leaves_this_machine(config) else None
    world = subject.world
    run = begin(loaded, verb, name=None, world=world, parent=subject.run.id, most=most)
    command_of(run).run(run, config, subject.root, world)
    return run


def _hidden(config: Config, subject: "Subject") -> Config:
    """Keep what a check runs out of the list of runs and of the tracker."""
    project = config.project.model_copy(update={"runs": str(subject.scratch / "runs")})
    baselines = config.baselines.model_copy(update={"enabled": False})
    tracking = TrackingSection(name="none")
    return config.model_copy(
        update={"project": project, "tracking": tracking, "baselines": baselines}
    )
