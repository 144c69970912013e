"""Whether all couplings of a problem can be satisfied at once, the fields among them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.samplers.target import Target


class Bonds(NamedTuple):
    """Couplings as edges; a field is an edge to a ghost spin that always points up.

    Attributes:
        one: First end of each edge, shape (edges,).
        other: Second end; n is the ghost.
        values: Coupling, so that an edge adds value * s * s' to the energy.
    """

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    values: NDArray[np.float64]


def bonds_of(target: Target) -> Bonds:
    """Return the edges of a problem, those of the ghost last."""
    one, other = np.nonzero(np.triu(target.couplings))
    pulled = np.flatnonzero(target.fields)
    return Bonds(
        one=np.concatenate([one, pulled]),
        other=np.concatenate([other, np.full(len(pulled), target.size)]),
        values=np.concatenate([target.couplings[one, other], target.fields[pulled]]),
    )


def is_frustrated(target: Target) -> bool:
    """Tell whether some cycle of edges cannot be satisfied: no turning makes all ferromagnetic.

    Each edge wants its ends equal (value < 0) or opposite (value > 0); the wishes of all edges can
    be granted if and only if no walk comes back to a spin with the opposite sign. Every spin is
    doubled, once for each sign, and the components of the doubled graph tell.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    bonds, nodes = bonds_of(target), target.size + 1
    turned = np.where(bonds.values > 0, nodes, 0)
    ends = (bonds.other + turned, bonds.other + nodes - turned)
    rows = np.concatenate([bonds.one, bonds.one + nodes])
    graph = coo_array((np.ones(len(rows)), (rows, np.concatenate(ends))), (2 * nodes, 2 * nodes))
    _, labels = connected_components(graph, directed=False)
    return bool((labels[:nodes] == labels[nodes:]).any())
