"""Choose k of n so that the chosen are good and unlike one another, within quotas.

f(S) = weight * mean_{i in S} q_i + mean_{i != j in S} (1 - cos(e_i, e_j)), to be maximised; with a
fixed k it is a binary quadratic problem under one cardinality constraint (a CCBQP, Lu and
Sidiropoulos, arXiv:2604.02554).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import dimod
import numpy as np
from numpy.typing import NDArray

from qml.algorithms.selection.quotas import require_possible
from qml.errors import DataError
from qml.problems import Arrays, Group, compile_model

CARDINALITY = "cardinality"
"""Label of the constraint that k are chosen."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Subset:
    """f(S) = sum_{i in S} worth_i + sum_{i < j in S} pairs_ij over the subsets of k places.

    Attributes:
        worth: What each place adds by itself, shape (n,).
        pairs: What each pair adds, shape (n, n), symmetric with a zero diagonal.
        k: How many are chosen, 1 to n.
        quality: Quality of each place, 0 to 1, shape (n,); what the heuristics trade off.
        similarity: Cosines of the places, shape (n, n).
        weight: Share of quality in the heuristics' trade-off.
        quotas: Least and largest numbers of chosen among some places.
    """

    worth: NDArray[np.float64]
    pairs: NDArray[np.float64]
    k: int
    quality: NDArray[np.float64]
    similarity: NDArray[np.float64]
    weight: float
    quotas: tuple[Group, ...] = ()

    @property
    def size(self) -> int:
        """Number of places."""
        return len(self.worth)

    def value(self, chosen: Sequence[int]) -> float:
        """Return f of one subset."""
        places = sorted(chosen)
        pairs = self.pairs[np.ix_(places, places)]
        return float(self.worth[places].sum() + pairs.sum() / 2)

    def values(self, subsets: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return f of many subsets, shape (m, k) of places; shape (m,)."""
        found = self.worth[subsets].sum(axis=1)
        for a in range(subsets.shape[1]):
            for b in range(a):
                found += self.pairs[subsets[:, a], subsets[:, b]]
        return np.asarray(found)

    def holds(self, chosen: Sequence[int]) -> bool:
        """Whether a subset has k places and keeps every quota."""
        if len(set(chosen)) != self.k:
            return False
        counts = [len(set(chosen) & set(quota.members)) for quota in self.quotas]
        return all(q.low <= c <= q.high for q, c in zip(self.quotas, counts, strict=True))

    def model(self) -> dimod.ConstrainedQuadraticModel:
        """Return the problem as dimod writes it: -f is minimised over bits 0 .. n - 1.

        With a fixed k the same may be taken from all worths, and from all pairs, and given back as
        a constant. Around their means the numbers are small, so that bounds are tight and heats of
        annealers fit.
        """
        places, k = range(self.size), self.k
        middle = float(self.worth.mean())
        between = float(self.pairs.sum() / (self.size * (self.size - 1))) if k > 1 else 0.0
        bits = dimod.BinaryQuadraticModel(dimod.BINARY)
        for i in places:
            bits.add_linear(i, middle - float(self.worth[i]))
            for j in range(i):
                bits.add_quadratic(i, j, between - float(self.pairs[i, j]))
        bits.offset = -k * middle - k * (k - 1) / 2 * between
        model = dimod.ConstrainedQuadraticModel.from_bqm(bits)
        model.add_constraint([(i, 1) for i in places], "==", rhs=k, label=CARDINALITY)
        for quota in self.quotas:
            ones = [(i, 1) for i in quota.members]
            if ones:
                model.add_constraint(ones, ">=", rhs=quota.low, label=f"{quota.label} at least")
                model.add_constraint(ones, "<=", rhs=quota.high, label=f"{quota.label} at most")
        return model

    def text(self) -> str:
        """Return the model as an LP file; bit i is called `answer_i`."""
        model = self.model()
        model.relabel_variables({i: f"answer_{i}" for i in range(self.size)})
        labels = {label: f"rule_{n}" for n, label in enumerate(model.constraints)}
        model.relabel_constraints(labels)
        return str(dimod.lp.dumps(model))

    def arrays(self) -> Arrays:
        """Return the numbers of the model, for a solver; variable i of them is `names[i]`."""
        return compile_model(self.model())


def subset_problem(
    embeddings: NDArray[np.float64],
    quality: NDArray[np.float64] | None,
    k: int,
    *,
    weight: float = 0.3,
    quotas: Sequence[Group] = (),
) -> Subset:
    """Build the problem of choosing k answers.

    Args:
        embeddings: Shape (n, d); rows are scaled to unit length.
        quality: Shape (n,), higher is better, scaled to 0 .. 1; None where it is not known, then
            only diversity counts.
        k: How many to choose, 1 to n.
        weight: Weight of the mean quality beside the mean distance.
        quotas: Least and largest numbers of chosen among some places.

    Raises:
        DataError: A shape, k or a number cannot be used, or a row has no direction.
        PlanError: The quotas cannot hold together.
    """
    unit = _unit(np.asarray(embeddings, dtype=np.float64))
    size = len(unit)
    if not 1 <= k <= size:
        raise DataError(f"{k} of {size} cannot be chosen", hint=f"k lies between 1 and {size}")
    require_possible(size, k, quotas)
    good = np.zeros(size) if quality is None else _scaled(np.asarray(quality, np.float64), size)
    similarity = np.clip(unit @ unit.T, -1.0, 1.0)
    pairs = 2 * (1 - similarity) / (k * (k - 1)) if k > 1 else np.zeros((size, size))
    np.fill_diagonal(pairs, 0.0)
    return Subset(
        worth=weight * good / k,
        pairs=pairs,
        k=k,
        quality=good,
        similarity=similarity,
        weight=weight,
        quotas=tuple(quotas),
    )


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    if rows.ndim != 2 or not rows.size:  # noqa: PLR2004 - a matrix
        raise DataError(f"embeddings have shape {rows.shape}, not (answers, dimensions)")
    if not np.isfinite(rows).all():
        raise DataError("an embedding has an entry that is not finite")
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    for place in np.flatnonzero(lengths[:, 0] == 0):
        raise DataError(f"the embedding of answer {place} is zero, so it has no direction")
    return np.asarray(rows / lengths)


def _scaled(quality: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Scale to 0 .. 1; equal qualities are all 0."""
    if quality.shape != (size,):
        raise DataError(f"{size} answers have qualities of shape {quality.shape}")
    if not np.isfinite(quality).all():
        raise DataError("a quality is not finite", hint="pass None where qualities are not known")
    span = float(np.ptp(quality))
    return np.asarray((quality - quality.min()) / span if span > 0 else np.zeros(size))
