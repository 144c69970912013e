"""Cluster flips: satisfied bonds freeze at random, and whole clusters turn.

A bond of strength |J| whose wish is granted freezes with probability 1 - exp(-2 |J| / T); each
cluster of frozen bonds turns with probability 1/2. A field is a bond to a ghost spin that never
turns. It is exact for every problem, and fast where the couplings are ferromagnetic up to turning
spins. Where they are frustrated, clusters span the whole system long before it orders, and nothing
is won over single flips: then it is refused, unless it is asked for.

References:
    R. H. Swendsen, J.-S. Wang, Phys. Rev. Lett. 58 (1987) 86.
"""

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from qml.algorithms.samplers.base import Info, Kernel, State, Task, random_start
from qml.algorithms.samplers.frustration import Bonds, bonds_of, is_frustrated
from qml.config.base import Section
from qml.errors import PlanError


class Options(Section):
    """Where it may be used."""

    frustrated: bool = Field(
        default=False, description="Use it on frustrated couplings too, where clusters do not help."
    )


def build(task: Task, options: Options) -> Kernel:
    """Return the chain; a step cuts every chain into clusters once.

    It looks at every bond once, about what the changes of energy by n single flips take: n
    evaluations.

    Raises:
        PlanError: The couplings are frustrated.
    """
    target, bonds = task.target, bonds_of(task.target)
    if not options.frustrated and is_frustrated(target):
        raise PlanError(
            "the couplings and fields are frustrated: no assignment satisfies them all, so that"
            " clusters do not help",
            hint="--method parallel_tempering; sample.ising.options.swendsen_wang.frustrated = true"
            " runs it nevertheless",
        )
    chance = -np.expm1(-2 * np.abs(bonds.values) / target.temperature)

    def step(rng: np.random.Generator, state: State) -> tuple[State, Info]:
        chains, n = state.spins.shape
        whole = np.concatenate([state.spins, np.ones((chains, 1), dtype=np.int8)], axis=1)
        satisfied = whole[:, bonds.one] * whole[:, bonds.other] * bonds.values < 0
        labels = clusters(satisfied & (rng.random(satisfied.shape) < chance), bonds, n + 1)
        turn = rng.integers(0, 2, labels.max() + 1).astype(bool)
        turn[labels[:, n]] = False  # the ghost and all that is frozen to it stay
        spins = np.where(turn[labels[:, :n]], -state.spins, state.spins)
        return State(spins, target.energies(spins)), Info(0, 0, chains * n)

    return Kernel(init=lambda rng, chains: random_start(target, rng, chains), step=step)


def clusters(frozen: NDArray[np.bool_], bonds: Bonds, nodes: int) -> NDArray[np.int64]:
    """Return the cluster of each spin, shape (chains, nodes); no two chains share a number.

    Args:
        frozen: Which bonds hold, shape (chains, edges).
        bonds: The edges.
        nodes: Spins, the ghost included.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    chain, edge = np.nonzero(frozen)
    rows, columns = chain * nodes + bonds.one[edge], chain * nodes + bonds.other[edge]
    size = len(frozen) * nodes
    graph = coo_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), (size, size))
    _, labels = connected_components(graph, directed=False)
    return np.asarray(labels, dtype=np.int64).reshape(len(frozen), nodes)
