"""Language models of Hugging Face: embedding, decoder layers, head."""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from qml.compression.subjects.base import Examples, Unit
from qml.compression.subjects.corpora import chunks, examples_of, read_text
from qml.errors import UsageError


class CausalSubject:
    """A decoder whose layers are `model.layers`, as in Llama, Mistral, Qwen and SmolLM.

    Args:
        name: How it was addressed.
        model: A causal language model of transformers, float32.
        tokenizer: Its tokenizer.
        folder: Folder with configuration and tokenizer.
        digest: SHA-256 of the weights.

    Raises:
        UsageError: The architecture is not known.
    """

    batch = 1
    """Chunks at a time: one keeps the logits of 448 tokens and 49,152 classes at 88 MB."""

    def __init__(self, name: str, model: Any, tokenizer: Any, *, folder: Path, digest: str) -> None:
        self.name = name
        self.module: nn.Module = model
        self.tokenizer = tokenizer
        self.folder = folder
        self._digest = digest
        self._layers = _layers_of(model)
        self.stages = 1 + len(self._layers)
        self.units = tuple(_units(self._layers))

    def begin(self, examples: Examples) -> Tensor:
        """Return the token ids."""
        return examples.inputs

    def run(self, stage: int, state: Tensor) -> Tensor:
        """Embed at stage 0; at stage i + 1 go through decoder layer i."""
        decoder = self.module.model
        if stage == 0:
            return decoder.embed_tokens(state)
        places = torch.arange(state.shape[1])[None]
        turned = decoder.rotary_emb(state, places)
        found = self._layers[stage - 1](
            state, position_embeddings=turned, position_ids=places, attention_mask=None
        )
        return found[0] if isinstance(found, tuple) else found

    def logits(self, state: Tensor) -> Tensor:
        """Return the logits of every position that has a next token."""
        hidden = self.module.model.norm(state[:, :-1])
        return self.module.lm_head(hidden).flatten(0, 1)

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


def _layers_of(model: Any) -> nn.ModuleList:
    decoder = getattr(model, "model", None)
    layers = getattr(decoder, "layers", None)
    needed = ("embed_tokens", "norm", "rotary_emb")
    if not isinstance(layers, nn.ModuleList) or not all(hasattr(decoder, n) for n in needed):
        raise UsageError(
            f"{type(model).__name__} is an architecture that `qml compress` does not know",
            hint="it knows decoders with model.layers and rotary positions: Llama, Mistral, Qwen",
        )
    return layers


def _units(layers: nn.ModuleList) -> list[Unit]:
    """Return the linear maps of all layers; embedding, head and norms are kept as they are."""
    found = []
    for place, layer in enumerate(layers):
        for name, module in layer.named_modules():
            if isinstance(module, nn.Linear):
                rows, columns = module.weight.shape
                kind = name.rsplit(".", 1)[-1]
                path = f"model.layers.{place}.{name}"
                found.append(Unit(path, place + 1, rows, columns, str(place), kind))
    return found
