"""The end of a study: the last training, the outcome, the records."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qml.config import Config, runs_folder
from qml.errors import BudgetError, ExitCode, InterruptedRunError
from qml.execution.stop import StopRequest
from qml.records import RunFolder
from qml.records.environment import describe_environment
from qml.seeds import Seeds
from qml.session import World
from qml.tasks.tune.importance import importance_of
from qml.tasks.tune.outcome import Tuned
from qml.tasks.tune.refit import refitted, tested
from qml.tasks.tune.rivalry import rivalry
from qml.tasks.tune.rows import best_row, search_rows, trial_rows
from qml.tasks.tune.storage import journal_path
from qml.tasks.tune.study import Searched, searched
from qml.tasks.tune.unpriced import unpriced
from qml.tasks.tune.words import cost_notes, notes_of, reason_of, verdict_of
from qml.tracking.base import Tracker

CODES = {"interrupted": ExitCode.INTERRUPTED, "budget": ExitCode.BUDGET}


def tune(
    run: RunFolder, config: Config, root: Path, tracker: Tracker, stop: StopRequest, world: World
) -> Tuned:
    """Search, train the best once more, record."""
    seeds = Seeds(config.tune.seed)
    with searched(run, config, root, stop, world, seeds) as found:
        test, reason = _test(found, run, config, root, world)
        outcome = _outcome(found, run, config, root, test, reason)
    run.write_document(run.outcome_path, outcome.document())
    going_on = outcome.stopped["reason"] in CODES
    run.finalise(
        "interrupted" if going_on else "finished",
        stop_reason=outcome.stopped["reason"],
        environment=describe_environment(),
        seeds={"root": seeds.root, "derived": seeds.issued},
        backend={"name": config.backend.name},
        metrics=outcome.metrics,
        verdict=outcome.verdict,
        costs=asdict(outcome.cost),
    )
    _mirror(outcome, tracker, config, root, world)
    return outcome


def _test(
    found: Searched, run: RunFolder, config: Config, root: Path, world: World
) -> tuple[dict[str, Any] | None, str]:
    """Train the best settings once more, unless the study is to go on or nothing can be tested."""
    tune = config.tune
    best = best_row(found.lanes, found.objective, config)
    wanted = tune.refit and tune.command is None and tune.task == "train"
    if not wanted or best is None or found.reason in CODES:
        return None, found.reason
    search = next(s for lane, s in found.lanes if lane.place == best["search"])
    try:
        document = refitted(best, search, run, config, root, world, found.purse)
    except InterruptedRunError:
        return None, "interrupted"
    except BudgetError:
        return None, "budget"
    return tested(document), found.reason


def _outcome(
    found: Searched,
    run: RunFolder,
    config: Config,
    root: Path,
    test: dict[str, Any] | None,
    reason: str,
) -> Tuned:
    tune, objective = config.tune, found.objective
    trials, searches = trial_rows(found.lanes), search_rows(found.lanes, objective)
    best = best_row(found.lanes, objective, config)
    rival = rivalry(searches, objective, tune.sampler)
    rows = next((int(t["facts"].get("validation_rows", 0)) for t in trials if t["facts"]), 0)
    return Tuned(
        run_id=run.id,
        name=run.manifest()["name"],
        run_dir=str(run.path),
        backend=config.backend.name,
        study={
            "name": found.name,
            "storage": str(journal_path(root, found.name).relative_to(root)),
            "task": "command" if tune.command is not None else tune.task,
            "command": tune.command,
            "metric": objective.metric,
            "direction": objective.direction,
            "sampler": tune.sampler,
            "pruner": tune.pruner,
            "seed": tune.seed,
            "parallel": tune.parallel,
            "trials": tune.trials,
            "space": [{"kind": type(p).__name__.lower(), **asdict(p)} for p in found.space],
        },
        trials=tuple(trials),
        best=best,
        importance=importance_of(found.lanes[0][1]),
        searches=tuple(searches),
        rival=rival,
        test=test,
        stopped={
            "reason": reason,
            "words": reason_of(reason, found.name),
            "exit_code": int(CODES.get(reason, ExitCode.OK)),
        },
        notes=(
            *notes_of(objective, test, rival, rows, _proposed(trials, found.lanes[0][0].place)),
            *cost_notes(unpriced(config)),
        ),
        metrics=_metrics(trials, best, test),
        verdict=verdict_of(best, objective, len(trials), rival, test, tune.sampler),
        cost=found.purse.cost(),
    )


def _proposed(trials: list[dict[str, Any]], search: str) -> dict[str, int]:
    """Count what proposed the trials of the search that was asked for."""
    return dict(Counter(t["proposed_by"] for t in trials if t["search"] == search))


def _metrics(
    trials: list[dict[str, Any]], best: dict[str, Any] | None, test: dict[str, Any] | None
) -> dict[str, Any]:
    counts = {
        state: sum(t["state"] == state for t in trials)
        for state in ("complete", "pruned", "failed", "open")
    }
    found: dict[str, Any] = {"trials": len(trials), **counts}
    if best is not None:
        found["best"] = best["value"]
    if test is not None:
        kept = ("test_accuracy", "test_accuracy_ci", "test_rows")
        found |= {key: test[key] for key in kept if key in test}
    return found


def _mirror(outcome: Tuned, tracker: Tracker, config: Config, root: Path, world: World) -> None:
    """Mirror the runs of the trials; samplings were mirrored by themselves."""
    if outcome.study["task"] == "sample":
        return
    ids = [t["run_id"] for t in outcome.trials if t["run_id"]]
    ids += [outcome.test["run_id"]] if outcome.test else []
    with world.progress.bar("mirroring the trials", None):
        late = tracker.sync([runs_folder(config, root) / run_id for run_id in ids])
    missing = [why for why in late.values() if why]
    if missing:
        world.progress.say(f"{len(missing)} trials are not mirrored: {missing[0]}")
