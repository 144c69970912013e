"""What no method touched: embeddings, heads, norms, biases, and how a file stores it."""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from qml.compression.candidate import Candidate
from qml.compression.formats import IntegerFormat, Part
from qml.compression.formats.plain import PlainPart
from qml.compression.subjects.base import Subject

_LARGEST = torch.finfo(torch.float16).max


def untouched(subject: Subject, candidate: Candidate) -> dict[str, Tensor | Part]:
    """Return every tensor of the model that is no unit of a candidate, tied ones once, by name.

    Parts are stored as the candidate settled; all else in the narrowest type that holds all of its
    numbers exactly: bfloat16, float16 or float32.
    """
    parts = {f"{name}.weight" for name in candidate.parts}
    found: dict[str, Tensor | Part] = {}
    for name, tensor in _tensors(subject.module):
        if name not in parts:
            values = candidate.others.get(name, tensor)
            found[name] = _exact(values.detach()) if isinstance(values, Tensor) else values
    return found


def settled(subject: Subject, how: str) -> dict[str, Part]:
    """Return how the matrices that are no units are stored where it is not exactly.

    Args:
        subject: The model.
        how: `source`: exactly. `float16`: rounded to that. `int8`: 8 bits in groups of 64.
    """
    if how == "source":
        return {}
    units = {f"{unit.name}.weight" for unit in subject.units}
    found: dict[str, Part] = {}
    for name, values in subject.module.named_parameters():
        if name in units or values.ndim < 2:  # noqa: PLR2004 - vectors are few, and kept exactly
            continue
        if how == "int8" and values.ndim == 2:  # noqa: PLR2004
            found[name] = IntegerFormat(8).quantise(values.detach())
        elif _exact(values).dtype == torch.float32 and values.abs().max() <= _LARGEST:
            found[name] = PlainPart(values.detach().to(torch.float16))
    return found


def _exact(values: Tensor) -> Tensor:
    for dtype in (torch.bfloat16, torch.float16):
        if not values.is_floating_point():
            break
        if torch.equal(values.to(dtype).to(values.dtype), values):
            return values.to(dtype)
    return values


def _tensors(module: nn.Module) -> Iterator[tuple[str, Tensor]]:
    """Yield parameters, tied ones once, and the buffers that are part of the state."""
    yield from module.named_parameters()
    lasting = module.state_dict(keep_vars=True).keys()
    for name, values in module.named_buffers():
        if name in lasting:
            yield name, values
