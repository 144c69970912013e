"""`qml runs resume`: go on from the last checkpoint; a finished run just answers again."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from qml.config import Config
from qml.errors import RunError
from qml.records import RunFolder
from qml.session import World, cap_run, open_project_ledger
from qml.session.buying import run_scope
from qml.tasks.carry import may_buy
from qml.tasks.commands import command_of
from qml.tasks.money import configuration_of
from qml.tasks.runs import read_outcome


def resume(
    run: RunFolder,
    root: Path,
    world: World,
    *,
    most: Decimal | None = None,
    on_unknown: str | None = None,
) -> dict[str, Any]:
    """Finish a run.

    Args:
        run: The run.
        root: Folder of the project.
        world: Clock, environment and progress.
        most: Most that the run may cost from now on, over all its sessions; as before where None.
        on_unknown: What to do with a submission whose outcome stays unknown; as before where None.

    Returns:
        The document that the run's command prints.

    Raises:
        RunError: Another process works on it, this version does not know its command, or it died
            before it began.
        InterruptedRunError: It was interrupted again.
    """
    manifest = run.manifest()
    if manifest["status"] == "finished":
        outcome = read_outcome(run)
        if outcome is not None:
            return outcome
    command = command_of(run)
    config = configuration_of(run, root, world.environ)
    if on_unknown is not None:
        section = config.backend.model_copy(update={"on_unknown": on_unknown})
        config = config.model_copy(update={"backend": section})
    run.take()
    if most is not None:
        cap_run(run, most, config, root, world)
    elif not manifest["code"] and may_buy(config, manifest["command"]):
        _refuse_unbegun(run, config, root, world)
    return command.run(run, config, root, world).document()


def _refuse_unbegun(run: RunFolder, config: Config, root: Path, world: World) -> None:
    """Refuse what died while it was made, before the cap that was asked for was in the ledger.

    Raises:
        RunError: It would buy without a cap of its own; nothing was bought so far.
    """
    with open_project_ledger(config, root, world) as ledger:
        capped = any(cap.scope == run_scope(run.id) for cap in ledger.caps())
    if not capped:
        run.release()
        raise RunError(
            f"run {run.id} died before it began, perhaps before its --max-cost was written down;"
            " nothing was bought",
            hint="start it anew, or resume it with --max-cost",
        )
