"""The quadratic problem again and again, each time around the best cut so far.

Around a cut, the loss is expanded in what is flipped: one piece and pairs of pieces are measured
there. A damping makes every flip dearer until the solver proposes a cut that is truly better, as
Levenberg and Marquardt do for sums of squares. Swaps of two gates are measured exactly, so it ends
no sooner than a local search by swaps would.
"""

from math import ceil
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.compression.circuit.counts import Counts
from qml.compression.circuit.damage import Damage
from qml.compression.circuit.expansions import Expansion, pairs_among
from qml.compression.circuit.pieces import Kind, of_kind
from qml.compression.circuit.search import Search, solver_for

STAGES = 4
"""Stages in which pieces go where the loss is expanded anew after each of them."""
DAMPINGS = (0.0, 0.01, 0.03, 0.1, 0.3)
"""In parts of the largest change of the expected loss by one flip."""
_LEAST = 1e-9
"""An improvement is more than this (nats)."""


class Repeated(NamedTuple):
    """What came out.

    Attributes:
        taken: The best cut, shape (pieces,).
        loss: Its loss (nats).
        rounds: Expansions that were measured.
        evaluations: Evaluations of the solver.
        last: The last expansion.
    """

    taken: NDArray[np.int8]
    loss: float
    rounds: int
    evaluations: int
    last: Expansion


def repeat(
    damage: Damage,
    counts: Counts,
    start: NDArray[np.int8],
    second: NDArray[np.float64],
    search: Search,
    *,
    solver: str,
    most: int,
    rounds: int,
) -> Repeated:
    """Improve a cut until neither the solver nor a swap finds a better one.

    Args:
        damage: Measures cuts.
        counts: How many pieces of each kind go.
        start: A cut with these counts, shape (pieces,).
        second: Second derivatives where nothing is cut, for pairs that are not measured.
        search: How solvers search; no new round begins after its time.
        solver: Registered name, or `ilp`.
        most: Gates whose pairs are measured in each round.
        rounds: Most rounds.
    """
    taken, evaluations, number = start, 0, 0
    loss = float(damage.losses(start[None])[0])
    while True:
        local, number = around(damage, taken, loss, second, most), number + 1
        better, used = _better(damage, counts, local, taken, loss, search, solver)
        evaluations += used
        if better is not None:
            taken, loss = better
        if better is None or number == rounds or search.late():
            break
    return Repeated(taken, loss, number, evaluations, local)


def gradual(
    damage: Damage,
    counts: Counts,
    second: NDArray[np.float64],
    search: Search,
    *,
    solver: str,
    most: int,
) -> tuple[NDArray[np.int8], int]:
    """Take pieces out in stages; each solves the problem around what the one before has left.

    Returns:
        The cut, shape (pieces,), and the evaluations of the solver.
    """
    taken, evaluations = np.zeros(damage.size, dtype=np.int8), 0
    for stage in range(1, STAGES + 1):
        loss = float(damage.losses(taken[None])[0])
        local = around(damage, taken, loss, second, most)
        part = {kind: ceil(number * stage / STAGES) for kind, number in counts.items()}
        problem = local.problem(damage.pieces, part)
        found = search.run(problem, solver_for(problem, solver))
        assert found.best is not None
        taken, evaluations = found.best, evaluations + found.evaluations
    return taken, evaluations


def around(
    damage: Damage, cut: NDArray[np.int8], loss: float, second: NDArray[np.float64], most: int
) -> Expansion:
    """Measure the loss around a cut, as a function of the cut.

    With flips f, y = cut XOR f: L(y) = L(cut) + s . f + f^T P f / 2, and f = cut + sign * y.
    """
    size, sign = damage.size, 1.0 - 2.0 * cut
    flips = np.abs(cut[None] - np.eye(size, dtype=np.int8))
    single = damage.losses(flips) - loss
    pairs = second * np.outer(sign, sign)
    np.fill_diagonal(pairs, 0)
    pairs = pairs_among(damage, cut, single, loss, pairs, most)
    return Expansion(
        name="around",
        linear=sign * (single + pairs @ cut),
        couplings=pairs * np.outer(sign, sign),
        base=loss + float(single @ cut + cut @ pairs @ cut / 2),
    )


def _better(
    damage: Damage,
    counts: Counts,
    local: Expansion,
    taken: NDArray[np.int8],
    loss: float,
    search: Search,
    solver: str,
) -> tuple[tuple[NDArray[np.int8], float] | None, int]:
    """Return a truly better cut with its loss, or None, and the evaluations of the solver."""
    sign, evaluations = 1.0 - 2.0 * taken, 0
    scale = float(np.abs(local.linear + local.couplings @ taken).max())
    for damping in DAMPINGS:
        damped = local.dearer(damping * scale * sign)
        problem = damped.problem(damage.pieces, counts)
        found = search.run(problem, solver_for(problem, solver))
        evaluations += found.evaluations
        assert found.best is not None
        if np.array_equal(found.best, taken):
            break
        true = float(damage.losses(found.best[None])[0])
        if true < loss - _LEAST:
            return (found.best, true), evaluations
    return best_swap(damage, counts, taken, loss, local), evaluations


def best_swap(
    damage: Damage,
    counts: Counts,
    taken: NDArray[np.int8],
    loss: float,
    local: Expansion,
) -> tuple[NDArray[np.int8], float] | None:
    """Return the cut after the most promising swap of each kind, the best one; None where worse."""
    swaps = [swap for kind in counts for swap in _promising(damage, kind, taken, local)]
    if not swaps:
        return None
    cuts = np.array(swaps, dtype=np.int8)
    losses = damage.losses(cuts)
    best = int(np.argmin(losses))
    return (cuts[best], float(losses[best])) if losses[best] < loss - _LEAST else None


def _promising(
    damage: Damage, kind: Kind, taken: NDArray[np.int8], local: Expansion
) -> list[NDArray[np.int8]]:
    members = of_kind(damage.pieces, kind)
    gone, here = members[taken[members] == 1], members[taken[members] == 0]
    if not len(gone) or not len(here):
        return []
    field = local.linear + local.couplings @ taken
    change = field[here][None] - field[gone][:, None] - local.couplings[np.ix_(gone, here)]
    out, into = np.unravel_index(int(np.argmin(change)), change.shape)
    swapped = taken.copy()
    swapped[gone[out]], swapped[here[into]] = 0, 1
    return [swapped]
