"""`qml replay`: run it again from its manifest, and say whether it is the same."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Loaded, validate
from qml.errors import RunError
from qml.records import Manifest, RunFolder
from qml.records.metrics import read_metrics
from qml.session import World
from qml.tasks.answers import read_predictions
from qml.tasks.runs import read_outcome
from qml.tasks.train import begin
from qml.tasks.train import run as run_training

if TYPE_CHECKING:
    from qml.results.replay import Evidence


def replay(run: RunFolder, root: Path, world: World) -> dict[str, Any]:
    """Train again with the same configuration and seeds, in a run of its own.

    Returns:
        The document `qml.replay/1`; `verdict` is `identical`, `statistically equal` or `drifted`.

    Raises:
        RunError: The run has not finished, so there is nothing to compare with.
    """
    manifest = run.manifest()
    if manifest["status"] != "finished":
        raise RunError(
            f"run {run.id} is {manifest['status']}; only a finished run can be replayed",
            hint=f"qml runs resume {run.id}",
        )
    config = validate(manifest["config"])
    loaded = Loaded(config=config, origins={}, root=root, file=None)
    again = begin(loaded, name=None, world=world, parent=run.id)
    run_training(again, config, root, world)
    from qml.results.replay import judge_replay

    verdict = judge_replay(_evidence(run), _evidence(again))
    return {
        "schema": "qml.replay/1",
        "run_id": run.id,
        "replay_run_id": again.id,
        "verdict": verdict.verdict,
        "test": verdict.test,
        "confidence": verdict.confidence,
        "p_value": verdict.p_value,
        "first_difference": verdict.first_difference,
        "differences": list(verdict.differences),
        "warnings": _warnings(manifest, again.manifest()),
    }


def _evidence(run: RunFolder) -> "Evidence":
    import numpy as np

    from qml.results.replay import Evidence

    outcome = read_outcome(run)
    if outcome is None:
        raise RunError(f"run {run.id} has lost its outcome.json; it cannot be compared")
    rivals = {b["name"]: b["metrics"] for b in outcome["baselines"]}
    answers = read_predictions(run)
    correct = np.array([label == predicted for _, label, predicted in answers], dtype=bool)
    return Evidence(
        metrics={**outcome["metrics"], "baselines": rivals},
        history=read_metrics(run.metrics_path),
        correct=correct if answers else None,
    )


def _warnings(before: Manifest, after: Manifest) -> list[str]:
    """Tell in what the replay differed from the original before it began."""
    from qml.records.difference import CAUSES, why_different

    found = [d for d in why_different(before, after) if d.cause in CAUSES and d.matters]
    return [f"{d.cause}: {d.path} was {d.left}, is {d.right}" for d in found]
