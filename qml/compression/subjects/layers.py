"""Layers of a model of the user's own: its stages, and which of its matrices are units."""

from torch import nn

from qml.compression.subjects.base import Unit
from qml.compression.subjects.sharing import Shared, shared_weights
from qml.errors import UsageError


def units_of(module: nn.Sequential) -> tuple[tuple[Unit, ...], tuple[str, ...]]:
    """Return linear maps and convolutions as the model defines them, and what must be told.

    Raises:
        UsageError: There is none.
    """
    shared = shared_weights(module)
    found, left = [], []
    for stage, (child, part) in enumerate(module.named_children()):
        for inner, layer in part.named_modules():
            name = f"{child}.{inner}" if inner else child
            if not isinstance(layer, nn.Linear | nn.Conv2d):
                continue
            if not shared.is_unit(name) or not _plain(layer):
                left.append(name)
                continue
            rows = len(layer.weight)
            columns = layer.weight.numel() // rows
            found.append(Unit(name, stage, rows, columns, child, type(layer).__name__.lower()))
    if not found:
        raise UsageError(
            "the model has no matrix that `qml compress` knows",
            hint="it compresses the weights of nn.Linear and nn.Conv2d (zero padding)",
        )
    return tuple(found), _notes(shared, left)


def number_padding(module: nn.Module) -> None:
    """Give convolutions whose padding is a word the numbers that it stands for."""
    for layer in module.modules():
        if not isinstance(layer, nn.Conv2d) or not isinstance(layer.padding, str):
            continue
        if layer.padding == "valid":
            layer.padding = (0, 0)
            continue
        total = [d * (k - 1) for d, k in zip(layer.dilation, layer.kernel_size, strict=True)]
        if not any(size % 2 for size in total):  # else one side gets more than the other
            layer.padding = (total[0] // 2, total[1] // 2)


def stages_of(module: nn.Module) -> nn.Sequential:
    """Return the children of a chain as its stages; any other model is one stage."""
    if type(module) is nn.Sequential and len(module):
        return module
    return nn.Sequential(module)


def _plain(layer: nn.Linear | nn.Conv2d) -> bool:
    """Whether its inputs are known as rows of a matrix; see `qml.compression.calibration`."""
    if isinstance(layer, nn.Linear):
        return True
    return layer.padding_mode == "zeros" and not isinstance(layer.padding, str)


def _notes(shared: Shared, left: list[str]) -> tuple[str, ...]:
    tied = [
        f"{' and '.join(names)} are one tensor (tied): it is stored once" for names in shared[0]
    ]
    kept = [f"{', '.join(left)} kept as they are: tied, or padded with other than zeros"]
    return (*tied, *(kept if left else ()))
