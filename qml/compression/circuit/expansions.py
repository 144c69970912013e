"""Models of the loss of a cut: L(x) = L(0) + linear . x + x^T couplings x / 2.

`first` and `second` are Taylor's, where nothing is cut: by the slopes alone (Molchanov et al., CVPR
2019, arXiv:1906.10771), and with all second derivatives (LeCun, Denker and Solla, NeurIPS 1989;
Hassibi and Stork, 1992). `single` adds up measured losses of one piece gone. `pairs` has those and
the measured interactions of pairs of gates, L_ij - L_i - L_j + L_0 (as CLADO does for bit widths,
arXiv:2307.05657); where a pair was not measured, the second derivative stands in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from qml.compression.circuit.counts import Counts, groups_of, lowest
from qml.compression.circuit.damage import Damage
from qml.compression.circuit.pieces import Piece, of_kind
from qml.problems import Arrays

_POOL = 2
"""Half of the held-out cuts are drawn from so many times as many pieces as go: the cheapest."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expansion:
    """One model of the loss.

    Attributes:
        name: `first`, `second`, `single`, `pairs`, or `around` a cut.
        linear: Shape (pieces,) (nats).
        couplings: Shape (pieces, pieces), symmetric with a zero diagonal (nats).
        base: Loss where nothing is cut (nats).
    """

    name: str
    linear: NDArray[np.float64]
    couplings: NDArray[np.float64]
    base: float

    @property
    def quadratic(self) -> bool:
        """Whether it has pair terms; without, sorting finds its optimum."""
        return bool(self.couplings.any())

    def predict(self, cuts: NDArray[np.int8]) -> NDArray[np.float64]:
        """Return the loss that it expects of each cut, shape (m,)."""
        return self.problem((), {}).objectives(cuts)

    def dearer(self, costs: NDArray[np.floating]) -> "Expansion":
        """Return it with further costs of taking pieces out, shape (pieces,) (nats)."""
        return replace(self, linear=np.asarray(self.linear + costs, dtype=np.float64))

    def problem(self, pieces: tuple[Piece, ...], counts: Counts) -> Arrays:
        """Return it as a binary quadratic problem: so many pieces of each kind go."""
        names = tuple(range(len(self.linear)))
        return Arrays(
            names=names,
            linear=self.linear,
            couplings=self.couplings,
            offset=self.base,
            groups=groups_of(pieces, counts),
        )


def expansions(damage: Damage, most: int) -> Iterator[Expansion]:
    """Measure all models of the loss, the cheapest first.

    Args:
        damage: Measures cuts.
        most: Gates whose pairs are measured: those that cost least alone.
    """
    size = damage.size
    found = damage.losses(np.concatenate([np.zeros((1, size)), np.eye(size)]))
    base, single = float(found[0]), found[1:] - found[0]
    nothing = np.zeros((size, size))
    yield Expansion(name="single", linear=single, couplings=nothing, base=base)
    slopes, second = damage.expansion()
    yield Expansion(name="first", linear=slopes, couplings=nothing, base=base)
    bends = np.diag(second).copy()
    couplings = second - np.diag(bends)
    yield Expansion(name="second", linear=slopes + bends / 2, couplings=couplings, base=base)
    if most:
        whole = np.zeros(size, dtype=np.int8)
        mixed = pairs_among(damage, whole, single, base, couplings, most)
        yield Expansion(name="pairs", linear=single, couplings=mixed, base=base)


def pairs_among(
    damage: Damage,
    cut: NDArray[np.int8],
    single: NDArray[np.float64],
    loss: float,
    couplings: NDArray[np.float64],
    most: int,
) -> NDArray[np.float64]:
    """Return couplings of flips with the pairs of some gates measured, shape (pieces, pieces).

    Args:
        damage: Measures cuts.
        cut: What is flipped, shape (pieces,).
        single: What one flip alone changes the loss by, shape (pieces,) (nats).
        loss: Of the cut (nats).
        couplings: What stands where no pair is measured, shape (pieces, pieces).
        most: Gates whose pairs are measured: those whose flip costs least.
    """
    gates = np.array([i for i, p in enumerate(damage.pieces) if not p.array], dtype=np.int64)
    chosen = np.sort(gates[np.argsort(single[gates], kind="stable")[:most]])
    first, other = (chosen[part] for part in np.triu_indices(len(chosen), 1))
    if not len(first):
        return couplings
    cuts, rows = np.repeat(cut[None], len(first), axis=0), np.arange(len(first))
    cuts[rows, first] ^= 1
    cuts[rows, other] ^= 1
    mixed = couplings.copy()
    mixed[first, other] = damage.losses(cuts) - loss - single[first] - single[other]
    mixed[other, first] = mixed[first, other]
    return mixed


def held_out_cuts(
    single: NDArray[np.float64],
    pieces: tuple[Piece, ...],
    counts: Counts,
    *,
    number: int,
    seed: int,
) -> NDArray[np.int8]:
    """Draw cuts with the right counts: half from all pieces, half from those that cost least.

    Returns:
        Shape (number, pieces).
    """
    rng = np.random.default_rng(seed)
    wide = {k: min(_POOL * n, len(of_kind(pieces, k))) for k, n in counts.items()}
    pool = lowest(single, pieces, wide)
    rows = []
    for row in range(number):
        scores = rng.random(len(pieces))
        if row % 2:
            scores = scores + (1 - pool)
        rows.append(lowest(scores, pieces, counts))
    return np.array(rows)


def agreement(expansion: Expansion, cuts: NDArray[np.int8], losses: NDArray[np.float64]) -> float:
    """Return Spearman's rank correlation of expected and true losses, -1 to 1; 0 where flat."""
    expected = expansion.predict(cuts)
    if np.ptp(expected) == 0 or np.ptp(losses) == 0:
        return 0.0
    return float(spearmanr(expected, losses).statistic)
