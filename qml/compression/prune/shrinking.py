"""A model that really lost what was removed: smaller matrices, and a configuration that says so."""

import copy
from typing import Any

import torch
from torch import Tensor, nn

from qml.compression.candidate import Candidate
from qml.compression.formats.structured import StructuredPart
from qml.compression.prune.chains import chains_of
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
    for norm, rows in _norms(subject, candidate).items():
        _cut_norm(model.get_submodule(norm), rows)
    config: Any = getattr(model, "config", None)
    for key, value in shrunk_config(subject, candidate).items():
        setattr(config, key, value)
    return model


def shrunk_config(subject: Subject, candidate: Candidate) -> dict[str, int]:
    """Return the settings of a transformers configuration that change, empty where none do.

    Raises:
        PlanError: The layers have lost different numbers.
    """
    config: Any = getattr(subject.module, "config", None)
    if config is None:
        return {}
    kinds = {unit.name: unit.kind for unit in subject.units}
    cut: dict[str, set[int]] = {}
    for name, part in candidate.parts.items():
        if isinstance(part, StructuredPart):
            cut.setdefault(kinds[name], set()).add(len(part.columns))
    if uneven := [kind for kind, sizes in cut.items() if len(sizes) > 1]:
        raise PlanError(f"the layers have lost different numbers of columns of {uneven[0]}")
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


def _norms(subject: Subject, candidate: Candidate) -> dict[str, Tensor]:
    """Return the channels that stay of each batch norm that follows what was cut."""
    if getattr(subject.module, "config", None) is not None or not is_shrunk(candidate):
        return {}
    found: dict[str, Tensor] = {}
    for chain in chains_of(subject, "neurons"):
        part = candidate.parts.get(chain.producers[0][0].name)
        if isinstance(part, StructuredPart):
            found |= dict.fromkeys(chain.norms, part.rows)
    return found


def _cut(module: nn.Module, part: StructuredPart) -> None:
    """Give a linear layer or a convolution what is left of it."""
    assert isinstance(module, nn.Linear | nn.Conv2d)
    weight = part.inner.dense()
    if isinstance(module, nn.Linear):
        module.out_features, module.in_features = weight.shape
    else:
        weight = weight.unflatten(1, (-1, *module.kernel_size))
        module.out_channels, module.in_channels = weight.shape[:2]
    module.weight = nn.Parameter(weight.contiguous(), requires_grad=False)
    if module.bias is not None:
        module.bias = nn.Parameter(module.bias[part.rows].clone(), requires_grad=False)


def _cut_norm(module: nn.Module, rows: Tensor) -> None:
    """Give a batch norm the entries of the channels that stay."""
    assert isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d)
    module.num_features = len(rows)
    for name in ("weight", "bias", "running_mean", "running_var"):
        values = getattr(module, name)
        if isinstance(values, nn.Parameter):
            setattr(module, name, nn.Parameter(values[rows].clone(), requires_grad=False))
        elif values is not None:
            setattr(module, name, values[rows].clone())
