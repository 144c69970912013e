"""Import MLflow quietly and safely, and reach the experiment."""

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.files import FileLock

if TYPE_CHECKING:
    from mlflow import MlflowClient

# Set before the first import of mlflow, which reads some of them once.
_ALWAYS = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "true",
    "MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "false",
    "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR": "false",
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
    "GIT_PYTHON_REFRESH": "quiet",
}
# The user's own values win. A server that is down must be given up in seconds, not minutes.
_DEFAULTS = {
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2",
    "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR": "1",
}


def quiet() -> None:
    """Set MLflow's switches and silence its and the migrations' loggers."""
    os.environ.update(_ALWAYS)
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
    for name in ("mlflow", "alembic"):
        logging.getLogger(name).setLevel(logging.ERROR)


def connect(uri: str, database: Path | None) -> "MlflowClient":
    """Return a client, the database made and migrated if it is SQLite.

    Args:
        uri: Absolute address.
        database: File of a SQLite database, or None.
    """
    quiet()
    from mlflow import MlflowClient

    # Importing mlflow sets up its own handlers and levels; silence them again.
    quiet()
    if database is None:
        return MlflowClient(tracking_uri=uri)
    database.parent.mkdir(parents=True, exist_ok=True)
    # Two processes that migrate one new database at a time damage each other's work.
    with FileLock(database.with_name(f"{database.name}.lock")):
        client = MlflowClient(tracking_uri=uri)
        client.search_experiments(max_results=1)
    return client


def experiment_id(client: "MlflowClient", name: str, artifacts: Path | None) -> str:
    """Return the id of an experiment, which is made if it is missing.

    Args:
        client: Client.
        name: Name of the experiment.
        artifacts: Folder for the artifacts of its runs, or None where the server decides.
    """
    from mlflow.exceptions import MlflowException

    found = client.get_experiment_by_name(name)
    if found is None:
        location = artifacts.as_uri() if artifacts is not None else None
        try:
            return str(client.create_experiment(name, artifact_location=location))
        except MlflowException:  # another run may have made it in between
            found = client.get_experiment_by_name(name)
            if found is None:
                raise
    return _active(found)


def _active(experiment: Any) -> str:
    if experiment.lifecycle_stage != "active":
        raise RuntimeError(
            f"experiment `{experiment.name}` is deleted; `mlflow experiments restore "
            f"--experiment-id {experiment.experiment_id}` brings it back, or set "
            "`tracking.experiment`"
        )
    return str(experiment.experiment_id)
