"""A trained model as two files: `model.safetensors` with every array, `model.json` with the rest.

Loading rebuilds the circuit from the configuration; no code is stored and nothing is unpickled.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.models import KernelModel, Model, Params, Shape
from qml.compression.circuit.dropping import without
from qml.config.sections import BackendSection, ModelSection
from qml.data import Preprocessor
from qml.errors import RunError
from qml.files import write_bytes, write_json
from qml.plugins import load as load_plugin

SCHEMA = "qml.model/1"
PRUNED = "qml.model/2"
"""Of models whose circuit lacks gates: versions that do not know of it must not answer for them."""
ARRAYS = "model.safetensors"
FACTS = "model.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredModel:
    """Everything that a prediction needs.

    Attributes:
        section: `[model]` it was built from.
        backend: `[backend]` it was trained on, `auto` resolved.
        shape: Features and classes.
        params: Trained arrays.
        preprocessor: Turns raw features into the model's inputs.
        dropped: Positions of gates that `qml compress` took out of the circuit.
    """

    section: ModelSection
    backend: BackendSection
    shape: Shape
    params: Params
    preprocessor: Preprocessor
    dropped: tuple[int, ...] = ()

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the labels, by code."""
        return self.preprocessor.classes

    def build(self, root: Path) -> Model:
        """Rebuild the model; `root` holds the user's modules where it has some."""
        model: Model = load_plugin("models", self.section.kind)(self.section, self.shape, root)
        if not self.dropped:
            return model
        assert not isinstance(model, KernelModel)
        return without(model, self.dropped)

    def save(self, folder: Path) -> None:
        """Write both files atomically, the arrays first."""
        from safetensors.numpy import save

        arrays = {f"params/{k}": np.array(v, order="C") for k, v in self.params.items()}
        arrays |= {f"prepare/{k}": np.array(v) for k, v in self.preprocessor.arrays().items()}
        write_bytes(folder / ARRAYS, save(arrays))
        write_json(
            folder / FACTS,
            {
                "schema": PRUNED if self.dropped else SCHEMA,
                "model": self.section.model_dump(mode="json"),
                "backend": self.backend.model_dump(mode="json"),
                "shape": {"features": self.shape.features, "classes": self.shape.classes},
                "preprocessor": self.preprocessor.metadata(),
                **({"dropped": list(self.dropped)} if self.dropped else {}),
            },
        )


def load(folder: Path) -> StoredModel:
    """Read a model.

    Args:
        folder: `artifacts/` of a run, or any folder with both files.

    Raises:
        RunError: A file is missing or was written by a newer qml.
    """
    from safetensors.numpy import load_file

    try:
        facts: Mapping[str, Any] = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        arrays = load_file(folder / ARRAYS)
    except FileNotFoundError as error:
        if (folder / "generator.json").is_file():
            raise RunError(
                f"the model in {folder} generates rows; it predicts nothing",
                hint="qml sample model RUN",
            ) from error
        raise RunError(
            f"no trained model in {folder}: {Path(error.filename).name} is missing",
            hint="the run has to finish first: qml runs resume RUN",
        ) from error
    if facts.get("schema") not in {SCHEMA, PRUNED}:
        raise RunError(f"{folder / FACTS}: unknown schema {facts.get('schema')!r}", hint="upgrade")
    return StoredModel(
        section=ModelSection.model_validate(facts["model"]),
        backend=BackendSection.model_validate(facts["backend"]),
        shape=Shape(**facts["shape"]),
        params=_group(arrays, "params/"),
        preprocessor=Preprocessor.from_arrays(_group(arrays, "prepare/"), facts["preprocessor"]),
        dropped=tuple(facts.get("dropped", ())),
    )


def precision_of(model: Model, section: BackendSection) -> str:
    """Return the precision that a model runs in.

    A support vector machine sees the fifth digit of a kernel, so kernels are always float64.
    """
    return "float64" if isinstance(model, KernelModel) else section.precision


def _group(arrays: Mapping[str, NDArray[Any]], prefix: str) -> dict[str, NDArray[Any]]:
    return {k.removeprefix(prefix): v for k, v in arrays.items() if k.startswith(prefix)}
