"""A trained generative model as two files: `generator.safetensors` and `generator.json`.

The held-out rows stand beside them in `held_out.safetensors`, packed eight bits to a byte, so that
samples can be judged where the data is not at hand.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.generators import Generator
from qml.algorithms.models import Params
from qml.config.sections import ModelSection
from qml.errors import RunError
from qml.files import write_bytes, write_json
from qml.plugins import load as load_plugin

SCHEMA = "qml.generator/1"
ARRAYS = "generator.safetensors"
FACTS = "generator.json"
HELD_OUT = "held_out.safetensors"
RIVALS = "rivals"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredGenerator:
    """Everything that new rows need.

    Attributes:
        section: `[model]` it was built from.
        columns: Names of the bits.
        params: Trained arrays.
    """

    section: ModelSection
    columns: tuple[str, ...]
    params: Params

    def build(self) -> Generator:
        """Rebuild the model."""
        family = load_plugin("generators", self.section.kind)
        model: Generator = family.build(self.section, len(self.columns))
        return model

    def save(self, folder: Path) -> None:
        """Write both files atomically, the arrays first."""
        from safetensors.numpy import save

        folder.mkdir(parents=True, exist_ok=True)
        arrays = {k: np.array(v, order="C") for k, v in self.params.items()}
        write_bytes(folder / ARRAYS, save(arrays))
        write_json(
            folder / FACTS,
            {
                "schema": SCHEMA,
                "model": self.section.model_dump(mode="json"),
                "columns": list(self.columns),
            },
        )


def load(folder: Path) -> StoredGenerator:
    """Read a model.

    Args:
        folder: `artifacts/` of a run, or `artifacts/rivals/<name>`.

    Raises:
        RunError: A file is missing, or was written by a newer qml.
    """
    from safetensors.numpy import load_file

    try:
        facts: Mapping[str, Any] = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        arrays = load_file(folder / ARRAYS)
    except FileNotFoundError as error:
        raise RunError(
            f"no trained generative model in {folder}: {Path(error.filename).name} is missing",
            hint="train one with model.kind = 'iqp', 'born_machine', 'rbm' or 'bitflip'; an"
            " interrupted run goes on with `qml runs resume RUN`",
        ) from error
    if facts.get("schema") != SCHEMA:
        raise RunError(f"{folder / FACTS}: unknown schema {facts.get('schema')!r}", hint="upgrade")
    return StoredGenerator(
        section=ModelSection.model_validate(facts["model"]),
        columns=tuple(facts["columns"]),
        params=arrays,
    )


def save_held_out(folder: Path, rows: NDArray[np.int8]) -> None:
    """Keep the rows that models are judged on."""
    from safetensors.numpy import save

    packed = np.packbits(rows.astype(np.uint8), axis=1)
    write_bytes(folder / HELD_OUT, save({"rows": packed}))


def load_held_out(folder: Path, bits: int) -> NDArray[np.int8]:
    """Read them back, shape (rows, bits).

    Raises:
        RunError: The file is missing.
    """
    from safetensors.numpy import load_file

    try:
        packed = load_file(folder / HELD_OUT)["rows"]
    except FileNotFoundError as error:
        raise RunError(
            f"{folder} has lost {HELD_OUT}", hint="qml replay RUN trains again"
        ) from error
    return np.unpackbits(packed, axis=1, count=bits).astype(np.int8)
