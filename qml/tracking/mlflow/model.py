"""The trained model as an MLflow pyfunc: a loader module and a folder, never a pickle."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mlflow import MlflowClient

NAME = "model"
_MODEL_FILE = "model.json"


def import_models() -> None:
    """Import what sending a model needs."""
    import mlflow.pyfunc  # noqa: F401 - for its effect


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
    from mlflow.pyfunc import save_model

    packages = manifest["packages"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        save_model(
            path=path,
            loader_module=loader,
            data_path=str(run / "artifacts"),
            # Without requirements MLflow would load the model in a subprocess to infer them.
            pip_requirements=[f"qml-workbench=={packages.get('qml-workbench', '0.1.0')}"],
            metadata={"qml.run_id": manifest["run_id"], "qml.uuid": manifest["uuid"]},
        )
        client.log_artifacts(mlflow_id, str(path), NAME)
