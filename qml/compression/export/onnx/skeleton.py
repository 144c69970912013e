"""The graph of a model, as torch exports it; its weights are put in later."""

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

import torch
from torch import Tensor, nn

from qml.compression.subjects.base import Subject
from qml.errors import MissingExtraError, PlanError

if TYPE_CHECKING:
    from onnx import ModelProto

OPSET = 25
"""The first with integers of 2 bits."""
INPUT, OUTPUT = "inputs", "logits"
_LARGEST = 500_000_000
"""Most parameters: a file of protocol buffers ends at 2 GiB."""
_made: "WeakKeyDictionary[Any, Skeleton]" = WeakKeyDictionary()


class Skeleton(NamedTuple):
    """A graph without weights.

    Attributes:
        model: Graph; its initialisers are constants that are no weights.
        weights: Names of the weights in the graph, and in the subject's module.
    """

    model: "ModelProto"
    weights: Mapping[str, str]


class _Logits(nn.Module):  # type: ignore[misc] # torch is not followed
    """A language model as a function from token ids to logits."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor) -> Tensor:
        logits: Tensor = self.model(input_ids=ids, use_cache=False).logits
        return logits


def check_onnx() -> None:
    """Check that what writes and runs the files is installed, without importing it.

    Raises:
        MissingExtraError: It is not.
    """
    for package in ("onnx", "onnxscript", "onnxruntime"):
        if find_spec(package) is None:
            raise MissingExtraError(package, extra="onnx")


def skeleton_of(subject: Subject) -> Skeleton:
    """Return the graph of a model; it is exported once.

    Raises:
        PlanError: torch cannot export it, or it is too large for one file.
    """
    if subject not in _made:
        _made[subject] = _skeleton(subject)
    return _made[subject]


def is_language(subject: Subject) -> bool:
    """Whether inputs are token ids."""
    return hasattr(subject, "tokenizer")


def _skeleton(subject: Subject) -> Skeleton:
    if sum(p.numel() for p in subject.module.parameters()) > _LARGEST:
        raise PlanError(
            f"{subject.name} is too large for one ONNX file of 2 GiB", hint="--export safetensors"
        )
    model, prefix = _exported(subject)
    named = dict(subject.module.named_parameters(remove_duplicate=False))
    first = {id(values): name for name, values in subject.module.named_parameters()}
    own = {f"{prefix}{name}": first[id(values)] for name, values in named.items()}
    own |= {f"{prefix}{n}": n for n in subject.module.state_dict() if n not in named}
    weights = {i.name: own[i.name] for i in model.graph.initializer if i.name in own}
    kept = [i for i in model.graph.initializer if i.name not in weights]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    _strip(model)
    missing = [u.name for u in subject.units if f"{u.name}.weight" not in weights.values()]
    if missing:
        raise PlanError(
            f"torch's export of {subject.name} does not hold {missing[0]} under its name",
            hint="--export safetensors",
        )
    return Skeleton(model, weights)


def _exported(subject: Subject) -> tuple[Any, str]:
    """Return torch's graph, and what precedes the names of its weights."""
    language = is_language(subject)
    module = _Logits(subject.module) if language else subject.module
    shape = getattr(subject, "shape", None) or (subject.units[0].columns,)
    example = torch.zeros((2, 8), dtype=torch.long) if language else torch.zeros(2, *shape)
    moving = {0: torch.export.Dim("rows")}
    if language:
        moving[1] = torch.export.Dim("length")
    try:
        with _quiet(), torch.no_grad():
            program = torch.onnx.export(
                module.eval(),
                (example,),
                dynamo=True,
                optimize=False,  # it would fold what must be stored as codes
                opset_version=OPSET,
                input_names=[INPUT],
                output_names=[OUTPUT],
                dynamic_shapes=(moving,),
                verbose=False,
            )
    except torch.onnx.OnnxExporterError as error:
        reason = str(error).strip().splitlines()[0]
        raise PlanError(
            f"torch cannot export {subject.name} to ONNX: {reason}", hint="--export safetensors"
        ) from error
    assert program is not None
    return program.model_proto, "model." if language else ""


def _strip(model: "ModelProto") -> None:
    """Drop what torch notes of where each node came from: it is larger than small models."""
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in (*model.graph.value_info, *model.graph.input, *model.graph.output):
        del value.metadata_props[:]
    del model.graph.metadata_props[:]


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the exporter's own talk off the terminal; what goes wrong is raised all the same."""
    logger = logging.getLogger("torch.onnx")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of its own use of what torch deprecates
            yield
    finally:
        logger.setLevel(level)
