"""A model that really lost what was removed: smaller matrices, and a configuration that says so."""

import copy
from typing import Any

import torch
from torch import Tensor, nn

from qml.compression.candidate import Candidate
from qml.compression.formats.structured import StructuredPart
from qml.compression.subjects.base import Subject
from qml.errors import PlanError


def is_shrunk(candidate: Candidate) -> bool:
    """Whether something was removed whole."""
    return any(isinstance(part, StructuredPart) for part in candidate.parts.values())


def shrunk(subject: Subject, candidate: Candidate) -> nn.Module:
    """Return the model with a candidate's weights in their smaller shapes.

    Args:
        subject: The model that was compressed; it is not changed.
        candidate: What was chosen.

    Returns:
        A module of its own. A model of transformers has the configuration of its new shapes, so
        that `save_pretrained` writes what `from_pretrained` reads.

    Raises:
        PlanError: The layers have lost different numbers, which no configuration describes.
    """
    model = copy.deepcopy(subject.module)
    with torch.no_grad():
        for unit in subject.units:
            part = candidate.parts.get(unit.name)
            module = model.get_submodule(unit.name)
            if isinstance(part, StructuredPart):
                _cut(module, part)
            elif part is not None:
                module.weight.data = part.dense().view_as(module.weight)
        for name, values in candidate.others.items():
            parameter = model.get_parameter(name)
            dense = values if isinstance(values, Tensor) else values.dense()
            parameter.data = dense.reshape(parameter.shape).to(parameter.dtype)
    config: Any = getattr(model, "config", None)
    for key, value in shrunk_config(subject, candidate).items():
        setattr(config, key, value)
    return model


def shrunk_config(subject: Subject, candidate: Candidate) -> dict[str, int]:
    """Return the settings of a transformers configuration that change, empty where none do.

    Raises:
        PlanError: The layers have lost different numbers.
    """
    kinds = {unit.name: unit.kind for unit in subject.units}
    cut: dict[str, set[int]] = {}
    for name, part in candidate.parts.items():
        if isinstance(part, StructuredPart):
            cut.setdefault(kinds[name], set()).add(len(part.columns))
    if uneven := [kind for kind, sizes in cut.items() if len(sizes) > 1]:
        raise PlanError(f"the layers have lost different numbers of columns of {uneven[0]}")
    config: Any = getattr(subject.module, "config", None)
    found: dict[str, int] = {}
    if "down_proj" in cut:
        found["intermediate_size"] = cut["down_proj"].pop()
    if "o_proj" in cut:
        size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
        heads = cut["o_proj"].pop() // size
        shared = config.num_attention_heads // config.num_key_value_heads
        found |= {"head_dim": size, "num_attention_heads": heads}
        found["num_key_value_heads"] = heads // shared
    return found


def _cut(module: nn.Module, part: StructuredPart) -> None:
    """Give a linear layer what is left of it."""
    assert isinstance(module, nn.Linear)
    module.weight = nn.Parameter(part.inner.dense(), requires_grad=False)
    if module.bias is not None:
        module.bias = nn.Parameter(module.bias[part.rows].clone(), requires_grad=False)
    module.out_features, module.in_features = module.weight.shape
