"""One parameter as levels: what a group of one-hot bits stands for."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution

LEVELS = 10
"""Levels of a parameter that has more values than that."""
_UNIFORM = 0.5
"""Share of the levels that stays spread over the whole range, wherever the good values are."""


class Column(Protocol):
    """A parameter as levels 0, 1, ...

    Attributes:
        name: Name of the parameter.
        places: Where levels lie between 0 and 1, shape (levels,); None where they have no order.
        exact: Whether each level is one value.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - told above
    @property
    def places(self) -> NDArray[np.float64] | None: ...  # noqa: D102
    @property
    def exact(self) -> bool: ...  # noqa: D102

    def __len__(self) -> int: ...

    def level(self, value: Any) -> int:
        """Return the level of a value."""
        ...

    def value(self, level: int, rng: np.random.Generator) -> Any:
        """Return a value of a level."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Few values, a level for each.

    Attributes:
        name: Name of the parameter.
        values: The values, in the order of the levels.
        ordered: Whether the order means something.
    """

    name: str
    values: tuple[Any, ...]
    ordered: bool

    def __len__(self) -> int:
        return len(self.values)

    @property
    def places(self) -> NDArray[np.float64] | None:
        """Evenly spread, whatever the distances of the values."""
        return np.linspace(0, 1, len(self)) if self.ordered else None

    @property
    def exact(self) -> bool:
        """A level is one value."""
        return True

    def level(self, value: Any) -> int:
        """Return the place of a value in the list, or of the number nearest to it."""
        if value in self.values:
            return self.values.index(value)
        return int(np.argmin([abs(value - other) for other in self.values]))

    def value(self, level: int, rng: np.random.Generator) -> Any:
        """Return the value of a level."""
        del rng
        return self.values[level]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Many values: a range, on its own scale, cut into cells; a level is a cell.

    Attributes:
        name: Name of the parameter.
        distribution: Optuna's.
        edges: Ends of the cells between 0 and 1, shape (levels + 1,), rising.
    """

    name: str
    distribution: Any
    edges: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.edges) - 1

    @property
    def places(self) -> NDArray[np.float64] | None:
        """Middles of the cells."""
        return (self.edges[1:] + self.edges[:-1]) / 2

    @property
    def exact(self) -> bool:
        """A cell has many values."""
        return False

    def level(self, value: Any) -> int:
        """Return the cell of a value."""
        inner = self.edges[1:-1]
        return int(np.searchsorted(inner, unit(self.distribution, value), side="right"))

    def value(self, level: int, rng: np.random.Generator) -> Any:
        """Return a value from anywhere in a cell."""
        return from_unit(self.distribution, rng.uniform(self.edges[level], self.edges[level + 1]))


def column_of(
    name: str, distribution: "BaseDistribution", good: NDArray[np.float64] | None = None
) -> Column:
    """Return the levels of a parameter.

    Args:
        name: Its name.
        distribution: Its values.
        good: Where good values of it lie between 0 and 1; cells are narrower there.
    """
    if hasattr(distribution, "choices"):
        choices = tuple(distribution.choices)
        return Listed(name=name, values=choices, ordered=_rising(choices))
    values = few_values(distribution)
    if values is not None:
        return Listed(name=name, values=values, ordered=True)
    edges = cut(np.empty(0) if good is None else good)
    return Cells(name=name, distribution=distribution, edges=edges)


def few_values(distribution: Any) -> tuple[Any, ...] | None:
    """Return the values of a numeric parameter, where they are few."""
    if distribution.step is None:
        return None
    count = round((distribution.high - distribution.low) / distribution.step) + 1
    if count > LEVELS:
        return None
    kind = type(distribution.low)
    return tuple(kind(distribution.low + i * distribution.step) for i in range(count))


def cut(good: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cut [0, 1] into cells that hold the same share of a mixture: uniform, and the good values."""
    grid = np.linspace(0, 1, LEVELS + 1)
    if not len(good):
        return grid
    # each good value stands for its surroundings, which shrink as there are more of them
    half = 0.5 / (1 + len(good))
    low, high = np.maximum(good - half, 0), np.minimum(good + half, 1)
    knots = np.unique(np.concatenate([grid, low, high]))
    inside = np.clip((knots[:, None] - low) / (high - low), 0, 1).mean(axis=1)
    return np.asarray(np.interp(grid, _UNIFORM * knots + (1 - _UNIFORM) * inside, knots))


def unit(distribution: Any, value: Any) -> float:
    """Return where a number lies in the range of its parameter, from 0 to 1."""
    low, high, scale = _range(distribution)
    return float(np.clip((scale(value) - low) / (high - low), 0, 1))


def from_unit(distribution: Any, place: float) -> Any:
    """Return the number at a place; whole steps are rounded to."""
    low, high, _ = _range(distribution)
    value = low + place * (high - low)
    value = float(np.exp(value) if distribution.log else value)
    if distribution.step is not None:
        steps = round((value - distribution.low) / distribution.step)
        value = distribution.low + steps * distribution.step
    return type(distribution.low)(min(max(value, distribution.low), distribution.high))


def _range(distribution: Any) -> tuple[float, float, Any]:
    """Return the ends and the scale; every whole step owns the half steps around it."""
    half = (distribution.step or 0) / 2
    scale = np.log if distribution.log else float
    return (
        float(scale(distribution.low - half)),
        float(scale(distribution.high + half)),
        scale,
    )


def _rising(choices: tuple[Any, ...]) -> bool:
    """Tell whether choices are numbers in rising order, so that neighbours are alike."""
    numbers = all(isinstance(c, int | float) and not isinstance(c, bool) for c in choices)
    return numbers and all(a < b for a, b in pairwise(choices))
