"""Houdayer's cluster move: two chains exchange a part in which they differ.

The sum of their energies stays the same, so that the exchange is always accepted. On dense
couplings the part is nearly all in which they differ, and the move does nothing; it is of use where
each spin has few neighbours.

References:
    J. Houdayer, Eur. Phys. J. B 22 (2001) 479.
"""

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.samplers.target import Target


def exchange_clusters(
    target: Target, rng: np.random.Generator, spins: NDArray[np.int8]
) -> NDArray[np.int8]:
    """Exchange one cluster in each pair of chains, at every temperature.

    Args:
        target: The problem.
        rng: Random numbers.
        spins: Shape (replicas, chains, n); chain 2k is paired with chain 2k + 1, and an odd last
            one with none.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    replicas, chains, n = spins.shape
    pairs = chains // 2
    one, other = np.nonzero(np.triu(target.couplings))
    found = spins.copy()
    left, right = found[:, 0 : 2 * pairs : 2], found[:, 1 : 2 * pairs : 2]
    apart = (left != right).reshape(-1, n)
    row, edge = np.nonzero(apart[:, one] & apart[:, other])
    ends = (row * n + one[edge], row * n + other[edge])
    graph = coo_array((np.ones(len(row), dtype=np.int8), ends), (apart.size, apart.size))
    labels = connected_components(graph, directed=False)[1].reshape(-1, n)
    # a spin in which the pair differs, uniformly; where there is none, nothing is exchanged
    seeds = np.where(apart, rng.random(apart.shape), -1.0).argmax(axis=1)
    moved = apart & (labels == labels[np.arange(len(labels)), seeds][:, None])
    sign = np.where(moved, -1, 1).astype(np.int8).reshape(replicas, pairs, n)
    left *= sign
    right *= sign
    return found
