"""Which moves a problem's groups allow.

Variables in the same groups are alike: they make a class. A move turns at most one variable off and
at most one on; whether it keeps the groups depends on the two classes and on the numbers of ones.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qml.problems import Arrays


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes:
    """Classes of variables.

    Attributes:
        label: Class of each variable, shape (n,).
        size: Variables of each class, shape (c,).
        inside: Whether a class is in a group, shape (c, g), 0 and 1.
        low: Least number of ones of each group, shape (g,).
        high: Largest number of ones of each group, shape (g,).
        settled: Whether each variable is in one group of a fixed number of ones: only swaps remain.
    """

    label: NDArray[np.intp]
    size: NDArray[np.intp]
    inside: NDArray[np.intp]
    low: NDArray[np.intp]
    high: NDArray[np.intp]
    settled: bool

    def counts(self, samples: NDArray[np.int8]) -> NDArray[np.intp]:
        """Return the number of ones of each group, samples of shape (r, n); shape (r, g)."""
        return np.asarray(samples.astype(np.intp) @ self.inside[self.label])

    def open_to(self, counts: NDArray[np.intp]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Tell which classes may gain a one.

        Args:
            counts: Ones of each group after something was turned off, shape (r, g).

        Returns:
            Whether a class may, shape (r, c), and whether it may stay as it is, shape (r,).
        """
        full, short = counts >= self.high, counts < self.low
        helps = short.astype(np.intp) @ self.inside.T == short.sum(axis=1)[:, None]
        gains: NDArray[np.bool_] = helps & ~(full @ self.inside.T.astype(bool))
        return gains, np.asarray(~short.any(axis=1))


def classes_of(problem: Arrays) -> Classes:
    """Sort the variables of a problem into classes."""
    members = np.zeros((problem.size, len(problem.groups)), dtype=np.intp)
    for g, group in enumerate(problem.groups):
        members[list(group.members), g] = 1
    if problem.groups:
        inside, label = np.unique(members, axis=0, return_inverse=True)
        label = label.reshape(-1)
    else:
        inside, label = members[:1], np.zeros(problem.size, dtype=np.intp)
    low = np.array([g.low for g in problem.groups], dtype=np.intp)
    high = np.array([g.high for g in problem.groups], dtype=np.intp)
    return Classes(
        label=label,
        size=np.bincount(label, minlength=len(inside)),
        inside=inside,
        low=low,
        high=high,
        settled=bool((inside.sum(axis=1) == 1).all() and (low == high).all()),
    )
