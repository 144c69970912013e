"""Runs an ONNX file by ONNX Runtime."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from qml.compression.export.onnx.building import SCHEMA
from qml.compression.export.onnx.skeleton import INPUT
from qml.compression.subjects.base import Examples
from qml.errors import UsageError

if TYPE_CHECKING:
    from onnx import ModelProto

PROMPT, ANSWER = 16, 12


class Running:
    """An open file.

    Args:
        path: The file.
        threads: Threads of the engine.

    Raises:
        UsageError: It is missing, damaged, or was not written by this exporter.
    """

    def __init__(self, path: Path, *, threads: int) -> None:
        import onnxruntime  # type: ignore[import-untyped]

        checked(path)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )

    def logits(self, examples: Examples, batch: int, *, language: bool) -> Iterator[Tensor]:
        """Yield logits of all outputs, batch by batch, shape (outputs, classes), float32."""
        for inputs in examples.inputs.split(batch):
            found = self._run(inputs)
            yield found[:, :-1].flatten(0, 1) if language else found

    def rows_per_second(self, examples: Examples, batch: int) -> float:
        """Return how many rows are answered in a second (1/s), best of three passes."""
        times = []
        for _ in range(3):
            begin = perf_counter()
            for inputs in examples.inputs.split(batch):
                self._run(inputs)
            times.append(perf_counter() - begin)
        return len(examples.inputs) / min(times)

    def tokens_per_second(self, ids: Tensor) -> float:
        """Return how fast it continues a text greedily (1/s); the graph keeps no cache.

        Args:
            ids: A text, shape (1, length), int64.
        """
        tokens = ids[:, :PROMPT]
        self._run(tokens)
        begin = perf_counter()
        for _ in range(ANSWER):
            following = self._run(tokens)[:, -1:].argmax(-1)
            tokens = torch.cat([tokens, following], dim=1)
        return ANSWER / (perf_counter() - begin)

    def _run(self, inputs: Tensor) -> Tensor:
        (found,) = self._session.run(None, {INPUT: inputs.numpy()})
        return torch.from_numpy(found)


def checked(path: Path) -> "ModelProto":
    """Read a file.

    Raises:
        UsageError: It is missing, damaged, or was not written by this exporter.
    """
    import onnx
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]

    if not path.is_file():
        raise UsageError(f"there is no {path}")
    try:
        model = onnx.load(path, load_external_data=False)
        onnx.checker.check_model(model)
    except (DecodeError, onnx.checker.ValidationError) as error:
        reason = str(error).strip().splitlines()[0]
        raise UsageError(
            f"{path} is damaged or no ONNX file: {reason}", hint="export it again"
        ) from error
    found = {entry.key: entry.value for entry in model.metadata_props}.get("format", "")
    if found != SCHEMA:
        raise UsageError(
            f"{path} was not written by this `qml compress`: its format is `{found}`, not {SCHEMA}"
        )
    return model
