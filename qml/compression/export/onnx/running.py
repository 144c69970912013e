"""Runs an ONNX file by ONNX Runtime."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
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

_PROMPT, _ANSWER = 16, 12
_ROWS = 256


class OpenedOnnx:
    """See `qml.compression.export.base.Exported`.

    Args:
        path: The file.

    Raises:
        UsageError: It is missing, damaged, or was not written by this exporter.
    """

    def __init__(self, path: Path) -> None:
        from onnx import TensorProto

        model = checked(path)
        self.path = path
        self.bytes = path.stat().st_size
        kinds = (TensorProto.DataType.Name(tensor.data_type) for tensor in model.graph.initializer)
        self.formats: Mapping[str, int] = Counter(kind.lower() for kind in kinds)
        self.engine = f"onnxruntime {version('onnxruntime')}"
        self._session = self._opened(torch.get_num_threads())
        (given,) = self._session.get_inputs()
        self.language = given.type == "tensor(int64)"
        self._shape: Sequence[Any] = given.shape

    def read(self, paths: Sequence[Path], *, what: str, length: int, most: int | None) -> Examples:
        """Refuse: the file has no tokenizer.

        Raises:
            UsageError: Always.
        """
        del paths, what, length, most
        raise UsageError(
            f"{self.path} has no tokenizer", hint="`qml compress verify` takes that of the model"
        )

    def logits(self, examples: Examples) -> Iterator[Tensor]:
        """Yield logits of all outputs, batch by batch, shape (outputs, classes), float32.

        Language models get one chunk at a time, as in torch, and others 256 rows.
        """
        for inputs in examples.inputs.split(1 if self.language else _ROWS):
            found = self._run(inputs)
            yield found[:, :-1].flatten(0, 1) if self.language else found

    def speed(self, *, threads: int) -> float:
        """Return the tokens that it generates in a second, keeping no cache, or the rows (1/s)."""
        self._session = self._opened(threads)
        if self.language:
            return self._tokens_per_second(torch.arange(_PROMPT)[None])
        rows = torch.zeros(_ROWS, *self._shape[1:])
        self._run(rows)
        times = []
        for _ in range(3):
            begun = perf_counter()
            self._run(rows)
            times.append(perf_counter() - begun)
        return _ROWS / min(times)

    def answer(self, prompt: str, *, tokens: int) -> str | None:
        """Return None: the file has no tokenizer."""
        del prompt, tokens
        return None

    def close(self) -> None:
        """Free the memory."""
        del self._session

    def _tokens_per_second(self, tokens: Tensor) -> float:
        self._run(tokens)
        begun = perf_counter()
        for _ in range(_ANSWER):
            following = self._run(tokens)[:, -1:].argmax(-1)
            tokens = torch.cat([tokens, following], dim=1)
        return _ANSWER / (perf_counter() - begun)

    def _opened(self, threads: int) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self.path), options, providers=["CPUExecutionProvider"]
        )

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
