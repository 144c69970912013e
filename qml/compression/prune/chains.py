"""What can be removed whole: heads and neurons, with the rows and columns that are theirs.

A chain is a layer's producers and the consumer that alone reads what they make: gate and up rows
and down columns of a neuron; query, key and value rows and output columns of a key head with all of
its query heads. The same number goes in every layer, so that one configuration describes them all.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from torch import Tensor

from qml.compression.subjects.base import Subject, Unit
from qml.errors import PlanError


class Chain(NamedTuple):
    """Things of one layer: thing t owns rows and columns in one piece each, in order.

    Attributes:
        things: How many there are.
        producers: Units that make them, and how many rows each thing has of each.
        consumer: The unit that reads them.
        columns: Columns of the consumer that each thing has.
    """

    things: int
    producers: tuple[tuple[Unit, int], ...]
    consumer: Unit
    columns: int

    def rows_of(self, kept: Tensor, size: int) -> Tensor:
        """Return the places that things own, ascending, with `size` of each; int64."""
        flags = kept.repeat_interleave(size)
        return flags.nonzero()[:, 0]


_NEURONS = (("gate_proj", "up_proj"), "down_proj")


def chains_of(subject: Subject, pattern: str) -> tuple[Chain, ...]:
    """Return the chains of a decoder, one per layer.

    Raises:
        PlanError: The model has no such things, or not the same number in every layer.
    """
    layers: dict[str, dict[str, Unit]] = {}
    for unit in subject.units:
        layers.setdefault(unit.group, {})[unit.kind] = unit
    if pattern == "neurons":
        found = [_neurons(layer) for layer in layers.values()]
    else:
        config = getattr(subject.module, "config", None)
        found = [_heads(layer, config) for layer in layers.values()]
    chains = tuple(chain for chain in found if chain is not None)
    if not chains:
        raise PlanError(
            f"this model has no {pattern} that `prune` knows",
            hint="it knows decoders with q_proj, k_proj, v_proj, o_proj and gate_proj, up_proj,"
            " down_proj; other patterns: unstructured, N:M",
        )
    if len({chain.things for chain in chains}) > 1:
        raise PlanError(f"the layers of this model have different numbers of {pattern}")
    return chains


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


def removals(chains: Sequence[Chain], share: float, pattern: str) -> int:
    """Return how many things of every layer go: the share, rounded, but never all of them.

    Raises:
        PlanError: That would be none.
    """
    things = chains[0].things
    found = min(round(share * things), things - 1)
    if not found:
        raise PlanError(
            f"{100 * share:g}% of {things} {pattern} is less than one",
            hint=f"the smallest share that removes one is {100 / things:.0f}%",
        )
    return found
