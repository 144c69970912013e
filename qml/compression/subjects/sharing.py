"""Weights that several modules share: compressing one of them changes all."""

from collections import defaultdict
from typing import NamedTuple

from torch import nn


class Shared(NamedTuple):
    """Tied weights.

    Attributes:
        groups: Names of the modules of each tied weight, in the order of the model.
        compressible: Whether every module of a group is a linear map or a convolution.
    """

    groups: tuple[tuple[str, ...], ...]
    compressible: tuple[bool, ...]

    def is_unit(self, name: str) -> bool:
        """Whether a module's weight is a unit: its own, or the first of tied maps alone."""
        for group, allowed in zip(self.groups, self.compressible, strict=True):
            if name in group:
                return allowed and name == group[0]
        return True


def shared_weights(model: nn.Module) -> Shared:
    """Return the weights that several modules of a model share."""
    owners: dict[int, list[tuple[str, nn.Module]]] = defaultdict(list)
    for name, module in model.named_modules(remove_duplicate=False):
        weight = module._parameters.get("weight")  # noqa: SLF001 - own ones, not those of children
        if weight is not None:
            owners[id(weight)].append((name, module))
    tied = [found for found in owners.values() if len(found) > 1]
    return Shared(
        groups=tuple(tuple(name for name, _ in found) for found in tied),
        compressible=tuple(
            all(isinstance(module, nn.Linear | nn.Conv2d) for _, module in found) for found in tied
        ),
    )
