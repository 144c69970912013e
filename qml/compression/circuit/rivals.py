"""Cuts that practitioners would make, with as many pieces of each kind."""

import numpy as np
from numpy.typing import NDArray

from qml.compression.circuit.counts import Counts, lowest
from qml.compression.circuit.damage import Damage
from qml.compression.circuit.expansions import Expansion
from qml.compression.circuit.pieces import of_kind
from qml.seeds import derive

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


def swaps(damage: Damage, counts: Counts, most: int, seed: int) -> NDArray[np.int8]:
    """Swap gates as long as the true loss falls: from greedy's cut, then from random ones.

    Args:
        damage: Measures cuts.
        counts: How many pieces of each kind go.
        most: Losses that it may measure: nothing new begins after them.
        seed: Draws the random cuts.
    """
    limit, number = damage.evaluations + most, 0
    best, least = _descent(damage, counts, greedy(damage, counts), limit)
    while damage.evaluations < limit and _swapped(damage, counts, best).size:
        number += 1
        start = random(damage, counts, derive(seed, f"swaps/{number}"))
        cut, loss = _descent(damage, counts, start, limit)
        if loss < least:
            best, least = cut, loss
    return best


def _descent(
    damage: Damage, counts: Counts, cut: NDArray[np.int8], limit: int
) -> tuple[NDArray[np.int8], float]:
    """Take the best swap again and again; return the cut and its loss."""
    loss = float(damage.losses(cut[None])[0])
    while damage.evaluations < limit:
        tried = _swapped(damage, counts, cut)
        if not len(tried):
            break
        losses = damage.losses(tried)
        best = int(np.argmin(losses))
        if not losses[best] < loss:
            break
        cut, loss = tried[best], float(losses[best])
    return cut, loss


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
