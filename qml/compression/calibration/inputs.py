"""Inputs of units, seen by forward hooks."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from torch import Tensor, nn
from torch.nn.functional import unfold

from qml.compression.subjects.base import Subject, Unit, module_of
from qml.errors import PlanError


@contextmanager
def recorded(subject: Subject, units: Sequence[Unit]) -> Iterator[dict[str, Tensor]]:
    """Yield a dictionary that fills with the last input of each unit, by its name.

    Its order is that of the calls.
    """
    seen: dict[str, Tensor] = {}

    def watch(name: str) -> Any:
        def hook(module: nn.Module, arguments: tuple[Tensor, ...]) -> None:
            del module
            seen[name] = arguments[0]

        return hook

    handles = [module_of(subject, u).register_forward_pre_hook(watch(u.name)) for u in units]
    try:
        yield seen
    finally:
        for handle in handles:
            handle.remove()


def shared(seen: dict[str, Tensor], units: Sequence[Unit]) -> list[tuple[Unit, ...]]:
    """Return units in groups that were handed the very same tensor, in the order of the calls.

    Raises:
        PlanError: A unit was not called.
    """
    missing = [unit.name for unit in units if unit.name not in seen]
    if missing:
        raise PlanError(
            f"{missing[0]} does not run when its stage does, so nothing is known of its inputs"
        )
    known = {unit.name: unit for unit in units}
    groups: dict[tuple[int, int], list[Unit]] = {}
    for name, values in seen.items():
        groups.setdefault((id(values), known[name].columns), []).append(known[name])
    return [tuple(group) for group in groups.values()]


def rows_of(module: nn.Module, values: Tensor) -> Tensor:
    """Return a module's input as one row per product with its weight matrix.

    Args:
        module: A linear map or a convolution. Where its channels are in groups, the inputs of all
            groups count alike.
        values: What it was handed.

    Returns:
        Shape (inputs, columns), float32.

    Raises:
        PlanError: It is some other module.
    """
    if isinstance(module, nn.Linear):
        return values.flatten(0, -2)
    if isinstance(module, nn.Conv2d) and module.padding_mode == "zeros":
        assert not isinstance(module.padding, str), "of a loaded model, padding is numbers"
        patches = unfold(values, module.kernel_size, module.dilation, module.padding, module.stride)
        return patches.unflatten(1, (module.groups, -1)).movedim(2, -1).flatten(0, -2)
    raise PlanError(f"what flows into a {type(module).__name__} is no matrix of rows")
