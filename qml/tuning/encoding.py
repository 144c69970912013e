"""A search space as one-hot groups of bits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qml.problems import Group
from qml.tuning.columns import Column

Levels = NDArray[np.intp]
"""A level of each parameter, shape (d,), or of each in many trials, shape (n, d)."""


@dataclass(frozen=True, kw_only=True)
class Encoding:
    """Parameters as groups of bits, of which one is on in each.

    Attributes:
        columns: The parameters.
        optional: Which of them may be absent, as conditional ones are; their last bit says so.
    """

    columns: tuple[Column, ...]
    optional: tuple[bool, ...]
    _likeness: dict[float, NDArray[np.float64]] = field(default_factory=dict, repr=False)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Bits of each parameter."""
        pairs = zip(self.columns, self.optional, strict=True)
        return tuple(len(column) + absent for column, absent in pairs)

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """First bit of each parameter, shape (d,)."""
        return np.concatenate([[0], np.cumsum(self.sizes)[:-1]]).astype(np.intp)

    @cached_property
    def bits(self) -> int:
        """Number of bits."""
        return sum(self.sizes)

    @cached_property
    def owner(self) -> NDArray[np.intp]:
        """Parameter of each bit, shape (bits,)."""
        return np.repeat(np.arange(len(self.columns)), self.sizes)

    @property
    def exact(self) -> bool:
        """Whether equal levels are equal settings."""
        return all(column.exact for column in self.columns)

    def groups(self) -> tuple[Group, ...]:
        """Return what every assignment has to keep: one bit of each parameter is on."""
        pairs = zip(self.columns, self.starts.tolist(), self.sizes, strict=True)
        return tuple(Group(c.name, tuple(range(s, s + n)), 1, 1) for c, s, n in pairs)

    def encode(self, params: Mapping[str, Any]) -> Levels:
        """Return the levels of a setting, shape (d,); what it lacks is absent.

        Raises:
            KeyError: It lacks a parameter that is always there.
        """
        found = np.empty(len(self.columns), dtype=np.intp)
        for j, (column, absent) in enumerate(zip(self.columns, self.optional, strict=True)):
            missing = absent and column.name not in params
            found[j] = len(column) if missing else column.level(params[column.name])
        return found

    def decode(self, levels: Levels, rng: np.random.Generator) -> dict[str, Any]:
        """Return a setting of these levels, without what is absent."""
        pairs = zip(self.columns, levels.tolist(), strict=True)
        return {c.name: c.value(level, rng) for c, level in pairs if level < len(c)}

    def onehot(self, levels: Levels) -> NDArray[np.int8]:
        """Return the bits of many settings, shape (n, d) to (n, bits)."""
        found = np.zeros((len(levels), self.bits), dtype=np.int8)
        np.put_along_axis(found, levels + self.starts, np.int8(1), axis=1)
        return found

    def levels(self, bits: NDArray[np.int8]) -> Levels:
        """Return the levels of an assignment that keeps the groups, shape (bits,) to (d,)."""
        return np.flatnonzero(bits) - self.starts

    def between(self) -> NDArray[np.bool_]:
        """Tell which pairs of bits belong to different parameters, shape (bits, bits)."""
        return np.asarray(self.owner[:, None] != self.owner[None, :])

    def likeness(self, reach: float) -> NDArray[np.float64]:
        """Return how alike the levels of each parameter are, shape (bits, bits).

        1 on the diagonal; exp(-(distance / reach)^2 / 2) between levels that have an order; 0
        between others, and between parameters.
        """
        if reach not in self._likeness:
            self._likeness[reach] = _blocks(self, reach)
        return self._likeness[reach]


def _blocks(encoding: Encoding, reach: float) -> NDArray[np.float64]:
    found = np.eye(encoding.bits)
    for column, start in zip(encoding.columns, encoding.starts.tolist(), strict=True):
        if column.places is not None:
            apart = column.places[:, None] - column.places[None, :]
            end = start + len(column)
            found[start:end, start:end] = np.exp(-0.5 * (apart / reach) ** 2)
    return found


def seen(levels: Levels, sizes: Sequence[int]) -> list[NDArray[np.intp]]:
    """Count how often each level of each parameter was tried; levels of shape (n, d)."""
    return [np.bincount(levels[:, j], minlength=size) for j, size in enumerate(sizes)]
