"""Language models of Hugging Face: embedding, decoder layers, head."""

import tempfile
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from qml.compression.subjects.base import Examples, Unit
from qml.compression.subjects.corpora import chunks, examples_of, read_text
from qml.compression.subjects.decoders import decoder_of, units_of
from qml.compression.subjects.flow import Flow
from qml.language.loading import quiet


class CausalSubject:
    """A decoder that transformers loads; see `qml.compression.subjects.decoders`.

    Args:
        name: How it was addressed.
        model: A causal language model of transformers, float32.
        tokenizer: Its tokenizer.
        folder: Folder, or GGUF file, that it was loaded from.
        digest: SHA-256 of the weights.
        notes: What a reader must know of how it was loaded.

    Raises:
        UsageError: The architecture is not known.
    """

    batch = 1
    """Chunks at a time: one keeps the logits of 448 tokens and 49,152 classes at 88 MB."""

    def __init__(
        self,
        name: str,
        model: Any,
        tokenizer: Any,
        *,
        folder: Path,
        digest: str,
        notes: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.module: nn.Module = model
        self.tokenizer = tokenizer
        self.folder = folder
        self._digest = digest
        decoder = decoder_of(model)
        self.units: tuple[Unit, ...]
        self.units, tied = units_of(decoder)
        self.notes = (*notes, *tied)
        self.stages = 1 + len(decoder.layers)
        self._flow = Flow(decoder)

    def begin(self, examples: Examples) -> Tensor:
        """Return the token ids."""
        return examples.inputs

    def run(self, stage: int, state: Tensor) -> Tensor:
        """Embed at stage 0; at stage i + 1 go through decoder layer i."""
        return self._flow.layer(stage - 1, state) if stage else self._flow.embed(state)

    def logits(self, state: Tensor) -> Tensor:
        """Return the logits of every position that has a next token."""
        return self._flow.logits(state[:, :-1]).flatten(0, 1)

    def features(self, state: Tensor) -> Tensor:
        """Return what the head multiplies, shape (outputs, width), from the last state."""
        return self._flow.features(state[:, :-1]).flatten(0, 1)

    def head(self) -> Tensor | None:
        """Return the matrix of the head, shape (classes, width), or None where it is no matrix."""
        return self._flow.head()

    def read(self, paths: Sequence[Path], *, what: str, length: int, most: int | None) -> Examples:
        """Cut texts into chunks of tokens, as many of each where there is a limit."""
        found = [chunks(read_text(p, what), self.tokenizer, length, what) for p in paths]
        each = None if most is None else max(1, most // length // len(paths))
        return examples_of(torch.cat([inputs[:each] for inputs in found]))

    def weight(self, unit: Unit) -> nn.Parameter:
        """Return the live parameter of a unit."""
        return self.module.get_submodule(unit.name).weight

    def describe(self) -> dict[str, Any]:
        """Return source, digest, engine and sizes."""
        return {
            "source": self.name,
            "sha256": self._digest,
            "engine": f"transformers {version('transformers')}, torch {version('torch')}",
            "parameters": sum(p.numel() for p in self.module.parameters()),
            "units": len(self.units),
            "unit_parameters": sum(unit.weights for unit in self.units),
        }

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Return configuration and tokenizer as transformers saves them, by file name."""
        with tempfile.TemporaryDirectory() as scratch, quiet():
            self.module.config.save_pretrained(scratch)
            self.tokenizer.save_pretrained(scratch)
            return {path.name: path.read_bytes() for path in sorted(Path(scratch).iterdir())}
