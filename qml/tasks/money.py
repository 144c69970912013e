"""Money is decided by the project as it is now, not as it was when a run began."""

from collections.abc import Mapping
from pathlib import Path

from qml.config import Config, load, validate
from qml.records import RunFolder
from qml.tasks.project import user_config


def configuration_of(run: RunFolder, root: Path, environ: Mapping[str, str]) -> Config:
    """Return a run's configuration with the present budget, prices and ledger of its project.

    A cap that was lowered since holds for a run that is resumed; and the address of a team's
    ledger, which the records keep without its password, is that of qml.toml.

    Args:
        run: The run.
        root: Folder of the project.
        environ: Environment variables.
    """
    then = validate(run.manifest()["config"])
    now = load(root, environ=environ, user_file=user_config(environ)).config
    return then.model_copy(
        update={"budget": now.budget, "pricing": now.pricing, "ledger": now.ledger}
    )
