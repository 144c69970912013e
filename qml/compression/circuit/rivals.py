"""Cuts that practitioners would make, with as many pieces of each kind."""

import numpy as np
from numpy.typing import NDArray

from qml.compression.circuit.counts import Counts, lowest
from qml.compression.circuit.damage import Damage
from qml.compression.circuit.expansions import Expansion
from qml.compression.circuit.pieces import of_kind

ROUNDS = 16
"""Greedy takes at least a sixteenth of the pieces that go of a kind out at a time."""


def magnitude(damage: Damage, counts: Counts) -> NDArray[np.int8]:
    """Take out the smallest angles and weights; fixed gates count as half a turn."""
    return lowest(np.array([p.size for p in damage.pieces]), damage.pieces, counts)


def taylor(damage: Damage, counts: Counts, first: Expansion) -> NDArray[np.int8]:
    """Take out what the slopes say matters least, |slope| (Molchanov et al., 2019)."""
    return lowest(np.abs(first.linear), damage.pieces, counts)


def random(damage: Damage, counts: Counts, seed: int) -> NDArray[np.int8]:
    """Take out any."""
    scores = np.random.default_rng(seed).random(damage.size)
    return lowest(scores, damage.pieces, counts)


def greedy(damage: Damage, counts: Counts) -> NDArray[np.int8]:
    """Take pieces out one after the other, by the true loss of what is left.

    Two-qubit gates go first, since they cost money; of a kind with many pieces several go at once.
    """
    cut = np.zeros(damage.size, dtype=np.int8)
    for kind, number in counts.items():
        members, block = of_kind(damage.pieces, kind), max(1, number // ROUNDS)
        for done in range(0, number, block):
            left = members[cut[members] == 0]
            tried = np.repeat(cut[None], len(left), axis=0)
            tried[np.arange(len(left)), left] = 1
            order = np.argsort(damage.losses(tried), kind="stable")
            cut[left[order[: min(block, number - done)]]] = 1
    return cut
