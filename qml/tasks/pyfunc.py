"""What MLflow calls to serve a stored model; no pickle is involved."""

import os
from pathlib import Path
from typing import Any

from qml.tasks.predictor import open_predictor


class ServedModel:
    """A stored model in MLflow's shape.

    Args:
        folder: Folder with `model.safetensors` and `model.json`.
    """

    def __init__(self, folder: Path) -> None:
        self._predictor = open_predictor(folder, root=Path.cwd(), environ=os.environ)

    def predict(self, model_input: Any, params: dict[str, Any] | None = None) -> list[str]:
        """Return the class of each row of a data frame or an array."""
        del params
        names = list(self._predictor.stored.preprocessor.feature_names)
        table = model_input[names] if hasattr(model_input, "columns") else model_input
        raw = table.to_numpy(dtype=float) if hasattr(table, "to_numpy") else table
        return self._predictor.predict(raw).labels


def _load_pyfunc(path: str) -> ServedModel:
    return ServedModel(Path(path))
