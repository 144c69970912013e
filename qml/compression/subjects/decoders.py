"""Where decoders of Hugging Face keep their layers, and which of their matrices are units."""

from typing import Any, NamedTuple

import torch
from torch import nn

from qml.compression.subjects.base import Unit
from qml.compression.subjects.sharing import Shared, shared_weights
from qml.errors import UsageError

KNOWN = "Llama, Mistral, Qwen2, Qwen3, Phi3, Gemma, OLMo2, GPT-2, GPT-NeoX, OPT and their like"
_PLACES = (
    ("model.layers", "model.norm"),
    ("transformer.h", "transformer.ln_f"),
    ("gpt_neox.layers", "gpt_neox.final_layer_norm"),
    ("model.decoder.layers", "model.decoder.final_layer_norm"),
)


class Decoder(NamedTuple):
    """The parts of a decoder.

    Attributes:
        model: With its head.
        prefix: Path of the layers, e.g. `model.layers`.
        layers: They.
        norm: What follows them.
        head: From hidden states to logits.
    """

    model: nn.Module
    prefix: str
    layers: nn.ModuleList
    norm: nn.Module
    head: nn.Module


def decoder_of(model: Any) -> Decoder:
    """Find the parts; maps of GPT-2 that are stored transposed become linear layers.

    Raises:
        UsageError: The architecture is not known.
    """
    straighten(model)
    for prefix, norm in _PLACES:
        layers, after = _at(model, prefix), _at(model, norm)
        head = model.get_output_embeddings()
        if isinstance(layers, nn.ModuleList) and after is not None and head is not None:
            return Decoder(model, prefix, layers, after, head)
    raise unknown(model)


def unknown(model: nn.Module) -> UsageError:
    """Return the error that says so."""
    return UsageError(
        f"{type(model).__name__} is an architecture that `qml compress` does not know",
        hint=f"it knows decoders such as {KNOWN}",
    )


def straighten(model: nn.Module) -> None:
    """Replace every `Conv1D` of transformers, a linear map stored as (in, out), by `nn.Linear`."""
    from transformers.pytorch_utils import Conv1D

    found = [(name, m) for name, m in model.named_modules() if isinstance(m, Conv1D)]
    for name, module in found:
        columns, rows = module.weight.shape
        linear = nn.Linear(columns, rows, dtype=module.weight.dtype)
        with torch.no_grad():
            linear.weight.copy_(module.weight.T)
            linear.bias.copy_(module.bias)
        parent, _, own = name.rpartition(".")
        setattr(model.get_submodule(parent), own, linear.train(module.training))


def units_of(decoder: Decoder) -> tuple[tuple[Unit, ...], tuple[str, ...]]:
    """Return the linear maps of all layers, and what must be told of those that are no units.

    Embedding, head and norms are kept as they are.

    Raises:
        UsageError: There is none.
    """
    shared = shared_weights(decoder.model)
    found = []
    for place, layer in enumerate(decoder.layers):
        for name, module in layer.named_modules():
            path = f"{decoder.prefix}.{place}.{name}"
            if isinstance(module, nn.Linear) and shared.is_unit(path):
                rows, columns = module.weight.shape
                kind = name.rpartition(".")[2]
                found.append(Unit(path, place + 1, rows, columns, str(place), kind))
    if not found:
        raise unknown(decoder.model)
    return tuple(found), _notes(shared)


def _notes(shared: Shared) -> tuple[str, ...]:
    return tuple(
        f"{' and '.join(names)} are one tensor (tied): it is stored once" for names in shared.groups
    )


def _at(model: nn.Module, path: str) -> nn.Module | None:
    for name in path.split("."):
        model = getattr(model, name, None)
        if model is None:
            return None
    return model
