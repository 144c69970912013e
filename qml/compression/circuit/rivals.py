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


def swaps(damage: Damage, counts: Counts, most: int) -> NDArray[np.int8]:
    """Take out what greedy does, then swap gates as long as the true loss falls.

    Args:
        damage: Measures cuts.
        counts: How many pieces of each kind go.
        most: Losses that it may measure: no new round begins after them.
    """
    began = damage.evaluations
    cut = greedy(damage, counts)
    loss = float(damage.losses(cut[None])[0])
    while damage.evaluations - began < most:
        tried = _swapped(damage, counts, cut)
        if not len(tried):
            break
        losses = damage.losses(tried)
        best = int(np.argmin(losses))
        if not losses[best] < loss:
            break
        cut, loss = tried[best], float(losses[best])
    return cut


def _swapped(damage: Damage, counts: Counts, cut: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return the cuts after each swap of two gates of a kind, shape (swaps, pieces)."""
    found = []
    for kind in counts:
        members = of_kind(damage.pieces, kind)
        if kind == "weight":
            continue
        gone, here = members[cut[members] == 1], members[cut[members] == 0]
        for out in gone:
            for into in here:
                swapped = cut.copy()
                swapped[out], swapped[into] = 0, 1
                found.append(swapped)
    return np.array(found, dtype=np.int8).reshape(-1, damage.size)
