"""What can be removed whole: heads and neurons, with the rows and columns that are theirs.

A chain is a layer's producers and the consumer that alone reads what they make: gate and up rows
and down columns of a neuron; query, key and value rows and output columns of a key head with all of
its query heads; a unit or channel of a layer, and what the next one reads of it. Layers of a
decoder are alike, so the same number goes in each, and one configuration describes them all.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from torch import nn

from qml.compression.subjects.base import Subject, Unit
from qml.errors import PlanError


class Chain(NamedTuple):
    """Things of one layer: thing t owns rows and columns in one piece each, in order.

    Attributes:
        things: How many there are.
        producers: Units that make them, and how many rows each thing has of each.
        consumer: The unit that reads them.
        columns: Columns of the consumer that each thing has.
        norms: Names of batch norms in between, which have one entry for each thing.
    """

    things: int
    producers: tuple[tuple[Unit, int], ...]
    consumer: Unit
    columns: int
    norms: tuple[str, ...] = ()

    def removals(self, share: float) -> int:
        """Return how many things go: the share, rounded, but never all of them."""
        return min(round(share * self.things), self.things - 1)


_NORMS = (nn.BatchNorm1d, nn.BatchNorm2d)
_BY_CHANNEL = (
    *(nn.ReLU, nn.LeakyReLU, nn.GELU, nn.SiLU, nn.ELU, nn.Tanh, nn.Sigmoid, nn.Hardswish),
    *(nn.Identity, nn.Dropout, nn.Dropout2d, nn.Flatten),
    *(nn.MaxPool2d, nn.AvgPool2d, nn.AdaptiveAvgPool2d, nn.AdaptiveMaxPool2d),
)
"""Modules that keep channels apart and in their order."""
_NEURONS = (("gate_proj", "up_proj"), "down_proj")


def chains_of(subject: Subject, pattern: str) -> tuple[Chain, ...]:
    """Return the chains of a model, in the order of the forward pass.

    Raises:
        PlanError: The model has no such things.
    """
    layers: dict[str, dict[str, Unit]] = {}
    for unit in subject.units:
        layers.setdefault(unit.group, {})[unit.kind] = unit
    config = getattr(subject.module, "config", None)
    found: list[Chain | None]
    if pattern == "heads":
        found = [_heads(layer, config) for layer in layers.values()]
    else:
        found = [_neurons(layer) for layer in layers.values()]
        found += _stacked(subject)
    chains = tuple(chain for chain in found if chain is not None)
    if not chains:
        raise PlanError(
            f"this model has no {pattern} that `prune` knows",
            hint="it knows decoders with q_proj, k_proj, v_proj, o_proj and gate_proj, up_proj,"
            " down_proj, and neurons of nn.Sequential; other patterns: unstructured, N:M",
        )
    return chains


def require_removals(chains: Sequence[Chain], share: float, pattern: str) -> None:
    """Refuse a share that removes nothing.

    Raises:
        PlanError: It is less than one thing of every chain; says the smallest.
    """
    if not any(chain.removals(share) for chain in chains):
        most = max(chain.things for chain in chains)
        raise PlanError(
            f"{100 * share:g}% of {most} {pattern} is less than one",
            hint=f"the smallest share that removes one is {100 / most:.0f}%",
        )


def _neurons(layer: Mapping[str, Unit]) -> Chain | None:
    names, last = _NEURONS
    if not {*names, last} <= layer.keys():
        return None
    consumer = layer[last]
    producers = tuple((layer[name], 1) for name in names)
    if any(unit.rows != consumer.columns for unit, _ in producers):
        return None
    return Chain(consumer.columns, producers, consumer, 1)


def _heads(layer: Mapping[str, Unit], config: object) -> Chain | None:
    groups = getattr(config, "num_key_value_heads", None)
    if not isinstance(groups, int) or not {"q_proj", "k_proj", "v_proj", "o_proj"} <= layer.keys():
        return None
    producers = [layer[name] for name in ("q_proj", "k_proj", "v_proj")]
    consumer = layer["o_proj"]
    if consumer.columns != producers[0].rows or any(u.rows % groups for u in producers):
        return None
    sized = tuple((unit, unit.rows // groups) for unit in producers)
    return Chain(groups, sized, consumer, consumer.columns // groups)


def _stacked(subject: Subject) -> list[Chain | None]:
    """Return chains of consecutive layers of an `nn.Sequential`."""
    if type(subject.module) is not nn.Sequential:
        return []
    units = {unit.name: unit for unit in subject.units}
    found: list[Chain | None] = []
    producer: Unit | None = None
    norms: tuple[str, ...] = ()
    for name, module in subject.module.named_children():
        if name in units:
            if producer is not None and getattr(module, "groups", 1) == 1:
                found.append(_next(producer, units[name], norms))
            producer, norms = units[name], ()
        elif isinstance(module, _NORMS):
            norms = (*norms, name)
        elif not isinstance(module, _BY_CHANNEL):
            producer = None
    return found


def _next(producer: Unit, consumer: Unit, norms: tuple[str, ...]) -> Chain | None:
    size, rest = divmod(consumer.columns, producer.rows)
    if rest:
        return None
    return Chain(producer.rows, ((producer, 1),), consumer, size, norms)
