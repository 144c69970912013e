"""How many pieces of each kind go."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qml.compression.circuit.pieces import KINDS, Kind, Piece, of_kind
from qml.errors import PlanError
from qml.problems import Group

Counts = Mapping[Kind, int]


def counts_of(pieces: Sequence[Piece], share: float) -> dict[Kind, int]:
    """Return how many pieces of each kind are a share of it, rounded; kinds without any are absent.

    Args:
        pieces: All that may go.
        share: 0 to 1.

    Raises:
        PlanError: It is less than half a piece of every kind.
    """
    sizes = {kind: len(of_kind(pieces, kind)) for kind in KINDS}
    found = {kind: round(share * size) for kind, size in sizes.items() if size}
    if not any(found.values()):
        most = max(sizes.values(), default=0)
        raise PlanError(
            f"{share:.0%} of {most} pieces is less than one" if most else "nothing can be pruned",
            hint=f"--target {100 / most:.0f}% takes one out" if most else None,
        )
    return found


def groups_of(pieces: Sequence[Piece], counts: Counts) -> tuple[Group, ...]:
    """Return the counts as constraints."""
    return tuple(
        Group(kind, tuple(of_kind(pieces, kind).tolist()), number, number)
        for kind, number in counts.items()
    )


def lowest(
    scores: NDArray[np.floating], pieces: Sequence[Piece], counts: Counts
) -> NDArray[np.int8]:
    """Return the cut that takes the pieces of least score out, as many of each kind as go."""
    cut = np.zeros(len(pieces), dtype=np.int8)
    for kind, number in counts.items():
        members = of_kind(pieces, kind)
        cut[members[np.argsort(scores[members], kind="stable")[:number]]] = 1
    return cut
