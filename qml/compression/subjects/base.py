"""The protocol of a model that can be compressed.

A model is a chain of stages (embedding, blocks, head), so that what lies before a changed tensor is
computed once. A unit is one weight matrix of one stage.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from torch import Tensor, nn


class Unit(NamedTuple):
    """One weight matrix that may be compressed.

    Attributes:
        name: Of its module in the model, e.g. `model.layers.3.mlp.down_proj`.
        stage: Index of the stage that holds it.
        rows: Output channels.
        columns: Input channels; convolutions are flattened to (out, in x kernel).
        group: Units that make one layer in per-layer rivals, e.g. `3`.
        kind: What it does in its layer, e.g. `down_proj`.
    """

    name: str
    stage: int
    rows: int
    columns: int
    group: str
    kind: str

    @property
    def weights(self) -> int:
        """Number of weights."""
        return self.rows * self.columns


@dataclass(frozen=True, slots=True)
class Examples:
    """Inputs and what comes after them.

    Attributes:
        inputs: For a language model token ids, shape (chunks, length), int64; else rows or images,
            shape (n, ...), float32.
        targets: What the outputs are held against, shape (outputs,), int64: the next tokens of all
            chunks in order, or labels.
        clusters: The chunk of each output, shape (outputs,), int64: outputs of one chunk are not
            independent, so intervals are made over chunks.
    """

    inputs: Tensor
    targets: Tensor
    clusters: Tensor


class Subject(Protocol):
    """A loaded model. Its weights are float32, and it is in evaluation mode.

    Attributes:
        name: How it was addressed.
        module: The model.
        units: Its weight matrices, in the order of the forward pass.
        stages: Number of stages.
        batch: Examples that go through the stages at a time.
        notes: What a reader must know of it, e.g. that its head is its embedding.
    """

    name: str
    module: nn.Module
    stages: int
    batch: int
    notes: tuple[str, ...]

    @property
    def units(self) -> Sequence[Unit]: ...  # noqa: D102

    def begin(self, examples: Examples) -> Tensor:
        """Return the input of stage 0."""
        ...

    def run(self, stage: int, state: Tensor) -> Tensor:
        """Carry the state through one stage; the last one returns hidden states for `logits`."""
        ...

    def logits(self, state: Tensor) -> Tensor:
        """Return the logits of all outputs, shape (outputs, classes), from the last state."""
        ...

    def read(self, paths: Sequence[Path], *, what: str, length: int, most: int | None) -> Examples:
        """Read examples from files.

        Args:
            paths: The files; each is cut into chunks by itself.
            what: What they are for, as messages say it: `calibrate` or `evaluate`.
            length: Tokens of a chunk.
            most: Tokens in all, rounded down to whole chunks; None for all that there is.

        Raises:
            DataError: A file cannot be read or is too short.
        """
        ...

    def weight(self, unit: Unit) -> nn.Parameter:
        """Return the live parameter of a unit, in the model's own shape."""
        ...

    def describe(self) -> dict[str, Any]:
        """Return source, SHA-256 of the weights, engine, numbers of parameters and units."""
        ...

    @property
    def files(self) -> Mapping[str, bytes]:
        """Return what must lie beside its weights, by file name: configuration, tokenizer."""
        ...

    @property
    def folder(self) -> Path | None:
        """Folder, or GGUF file, that it was loaded from; None where it came from neither."""
        ...


def module_of(subject: Subject, unit: Unit) -> nn.Module:
    """Return the live module of a unit."""
    return subject.module.get_submodule(unit.name)
