"""The trained model as an MLflow pyfunc: a loader module and a folder, never a pickle."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mlflow import MlflowClient

NAME = "model"
_MODEL_FILE = "model.json"


def warm_up(loader: str) -> None:
    """Save a model that holds nothing, beside the training.

    The first model of a process makes MLflow read the metadata of every installed package, which
    takes most of the time; the next ones take milliseconds.
    """
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        _save(Path(folder) / NAME, data, loader, "0", {})


def has_model(run: Path) -> bool:
    """Say whether a run stored a model."""
    return (run / "artifacts" / _MODEL_FILE).is_file()


def send_model(
    client: "MlflowClient", mlflow_id: str, run: Path, manifest: Mapping[str, Any], loader: str
) -> None:
    """Log the model, so that `mlflow models predict -m runs:/<id>/model` serves it.

    Args:
        client: Client.
        mlflow_id: Run in MLflow.
        run: Folder of the run; its `artifacts/` is the model's data.
        manifest: Its manifest.
        loader: Module whose `_load_pyfunc(path)` loads that folder.
    """
    version = manifest["packages"].get("qml-workbench", "0")
    identity = {"qml.run_id": manifest["run_id"], "qml.uuid": manifest["uuid"]}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        _save(path, run / "artifacts", loader, version, identity)
        client.log_artifacts(mlflow_id, str(path), NAME)


def _save(path: Path, data: Path, loader: str, version: str, metadata: dict[str, str]) -> None:
    from mlflow.pyfunc import save_model

    save_model(
        path=path,
        loader_module=loader,
        data_path=str(data),
        # Without requirements MLflow would load the model in a subprocess to infer them.
        pip_requirements=[f"qml-workbench=={version}"],
        metadata=metadata,
    )
