"""Choices by a rule, without an objective: the likeliest, and what most of them say."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.selection.quotas import best_linear
from qml.problems import Group


def best(quality: NDArray[np.float64], k: int, quotas: Sequence[Group] = ()) -> tuple[int, ...]:
    """Return the k places of the highest sum of qualities, the highest first.

    Args:
        quality: Shape (n,); of equals the earlier place comes first.
        k: How many to choose, 1 to n.
        quotas: What the choice must keep; it is known that they can hold.
    """
    found = best_linear(quality, k, quotas)
    if found is None:
        raise RuntimeError("quotas that were checked cannot hold")
    return tuple(sorted(found, key=lambda place: (-quality[place], place)))


def majority(
    clusters: Sequence[int], k: int, quality: NDArray[np.float64] | None = None
) -> tuple[int, ...]:
    """Return the best k of the largest cluster, then of the next one where it has fewer.

    Args:
        clusters: Number of each place's cluster; of equal sizes the lower number comes first.
        k: How many to choose, 1 to n.
        quality: Shape (n,); the earlier places of a cluster where None.

    Returns:
        Places; the first is the best of what most of them say (self-consistency).
    """
    sizes = {each: list(clusters).count(each) for each in set(clusters)}
    good = np.zeros(len(clusters)) if quality is None else quality
    order = sorted(
        range(len(clusters)), key=lambda i: (-sizes[clusters[i]], clusters[i], -good[i], i)
    )
    return tuple(order[:k])
