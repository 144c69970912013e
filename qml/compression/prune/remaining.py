"""What is left of each unit while things are removed."""

import torch
from torch import Tensor

from qml.compression.bench import Bench
from qml.compression.candidate import Candidate
from qml.compression.formats.base import Part
from qml.compression.formats.plain import Plain
from qml.compression.formats.structured import StructuredPart
from qml.compression.prune.chains import Chain
from qml.compression.subjects.base import Unit

_BITS = 16


class Remaining:
    """Rows and columns that stay; a unit may lose rows to one chain and columns to another.

    Args:
        bench: The model.
        base: What it was before.
    """

    def __init__(self, bench: Bench, base: Candidate) -> None:
        self._bench, self._base = bench, base
        self._weights: dict[str, Tensor] = {}
        self._rows: dict[str, Tensor] = {}
        self._columns: dict[str, Tensor] = {}

    def take(self, chain: Chain, weight: Tensor, stay: Tensor) -> None:
        """Remove the things of a chain that do not stay.

        Args:
            chain: The chain.
            weight: New weight of its consumer, shape (rows, columns).
            stay: Shape (things,), bool.
        """
        self._open(chain.consumer)
        self._weights[chain.consumer.name] = weight
        self._columns[chain.consumer.name] = stay.repeat_interleave(chain.columns)
        for unit, size in chain.producers:
            self._open(unit)
            self._rows[unit.name] = stay.repeat_interleave(size)

    def parts(self) -> dict[str, Part]:
        """Return what is left, at 16 bits."""
        return {name: self.part(name) for name in self._weights}

    def _open(self, unit: Unit) -> None:
        if unit.name not in self._weights:
            self._weights[unit.name] = self._bench.weight(self._base, unit)
            self._rows[unit.name] = torch.ones(unit.rows, dtype=torch.bool)
            self._columns[unit.name] = torch.ones(unit.columns, dtype=torch.bool)

    def part(self, name: str) -> Part:
        """Return what is left of one unit."""
        weight, rows, columns = self._weights[name], self._rows[name], self._columns[name]
        return StructuredPart(
            inner=Plain(_BITS).quantise(weight[rows][:, columns].contiguous()),
            rows=rows.nonzero()[:, 0],
            columns=columns.nonzero()[:, 0],
            shape=(weight.shape[0], weight.shape[1]),
        )
