"""`qml replay`: run it again from its manifest, and say whether it is the same."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from qml.config import Config, Loaded
from qml.config.origins import flatten
from qml.errors import RunError
from qml.records import Manifest, RunFolder
from qml.session import World
from qml.tasks.carry import begin, may_buy
from qml.tasks.commands import command_of
from qml.tasks.money import configuration_of
from qml.tasks.runs import require_outcome

NOTHING = Decimal("0.00")


def replay(
    run: RunFolder,
    root: Path,
    world: World,
    *,
    fresh: bool = False,
    most: Decimal | None = NOTHING,
) -> dict[str, Any]:
    """Do it again with the same configuration and seeds, in a run of its own.

    On a vendor's machine the results that were paid for are read again: the replay checks what was
    made of them, and costs nothing.

    Args:
        run: A finished run.
        root: Folder of the project.
        world: Clock, environment and progress.
        fresh: Buy every result anew, as another sample of the same machine.
        most: Most that it may cost; None where only the budget limits it.

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
    command = command_of(run)
    loaded = replay_of(run, root, world, fresh=fresh)
    config = loaded.config
    capped = most if may_buy(config, manifest["command"]) else None
    verb = manifest["command"]
    again = begin(loaded, verb, name=None, world=world, parent=run.id, most=capped)
    command.run(again, config, root, world)
    from qml.results.replay import judge_replay

    verdict = judge_replay(command.evidence(run), command.evidence(again))
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
        "warnings": _warnings(manifest, again.manifest(), _meant(run, config, root, world)),
    }


def replay_of(run: RunFolder, root: Path, world: World, *, fresh: bool) -> Loaded:
    """Return the configuration that a run is replayed with."""
    config = configuration_of(run, root, world.environ)
    config = command_of(run).repeated(config, require_outcome(run))
    section = config.backend.model_copy(update={"reuse": not fresh})
    config = config.model_copy(update={"backend": section})
    return Loaded(config=config, origins={}, root=root, file=None)


def _meant(run: RunFolder, config: Config, root: Path, world: World) -> set[str]:
    """Return the keys that a replay sets on purpose: amounts in the place of times."""
    then = flatten(configuration_of(run, root, world.environ).document())
    now = flatten(config.document())
    return {key for key in then | now if then.get(key) != now.get(key)}


def _warnings(before: Manifest, after: Manifest, meant: set[str]) -> list[str]:
    """Tell in what the replay differed from the original before it began."""
    from qml.records.difference import CAUSES, why_different

    found = [d for d in why_different(before, after) if d.cause in CAUSES and d.matters]
    return [
        f"{d.cause}: {d.path} was {d.left}, is {d.right}"
        for d in found
        if not (d.cause == "config" and any(_within(key, d.path) for key in meant))
    ]


def _within(key: str, path: str) -> bool:
    """Whether a key is that of a path, or in its table."""
    return key == path or key.startswith(f"{path}.")
