"""Constraints that moves can keep: so many ones among these variables."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.errors import DataError


class Group(NamedTuple):
    """low <= number of ones among the members <= high.

    A cardinality is one group of all variables with low = high = k, a one-hot group has
    low = high = 1, and a quota is a group of its own inside a cardinality.

    Attributes:
        label: Name of the constraint in the model.
        members: Places of the variables.
        low: Least number of ones.
        high: Largest number of ones.
    """

    label: str
    members: tuple[int, ...]
    low: int
    high: int

    def holds(self, samples: NDArray[np.int8]) -> NDArray[np.bool_]:
        """Tell for each sample, shape (m, n), whether the constraint holds; shape (m,)."""
        ones = samples[:, list(self.members)].sum(axis=1)
        return np.asarray((self.low <= ones) & (ones <= self.high))


class Limit(NamedTuple):
    """low <= weights . x <= high: a linear constraint that is no group.

    Attributes:
        label: Name of the constraint in the model.
        weights: Shape (n,).
        low: Least value, or -inf.
        high: Largest value, or inf.
    """

    label: str
    weights: NDArray[np.float64]
    low: float
    high: float

    def holds(self, samples: NDArray[np.int8]) -> NDArray[np.bool_]:
        """Tell for each sample, shape (m, n), whether the constraint holds; shape (m,)."""
        values = samples @ self.weights
        slack = 1e-9 * (1 + np.abs(self.weights).sum())
        return np.asarray((self.low - slack <= values) & (values <= self.high + slack))


def joined(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Make one group of those with the same members.

    Raises:
        DataError: Two of them cannot hold together.
    """
    found: dict[tuple[int, ...], Group] = {}
    for group in groups:
        other = found.get(group.members, group)
        low, high = max(group.low, other.low), min(group.high, other.high)
        if low > high:
            raise DataError(
                f"constraints `{other.label}` and `{group.label}` cannot hold together: they ask"
                f" for {other.low} to {other.high} and {group.low} to {group.high} ones among the"
                " same variables"
            )
        found[group.members] = Group(other.label, group.members, low, high)
    return tuple(found.values())
