"""Pruning that looks at no inputs: the smallest weights go, of each matrix or of all together."""

from collections.abc import Mapping, Sequence

import numpy as np
from torch import Tensor

from qml.compression.bench import Bench
from qml.compression.candidate import Candidate
from qml.compression.formats.base import Part
from qml.compression.formats.sparse import sparse
from qml.compression.prune.problem import Pattern
from qml.compression.prune.scores import by_size
from qml.compression.subjects.base import Unit


def magnitude_local(
    bench: Bench,
    base: Candidate,
    units: Sequence[Unit],
    zeros: Mapping[str, int],
    pattern: Pattern | None,
) -> Candidate:
    """Remove the smallest weights of each unit."""
    parts: dict[str, Part] = dict(base.parts)
    for unit in units:
        weight = bench.weight(base, unit)
        mask = by_size(weight, zeros[unit.name], pattern)
        parts[unit.name] = sparse(weight, mask, pattern)
    return Candidate(parts, base.others)


def magnitude_global(
    bench: Bench, base: Candidate, units: Sequence[Unit], zeros: Mapping[str, int]
) -> Candidate:
    """Remove the smallest weights of all units together; ties go in the order of the units."""
    weights = {unit.name: bench.weight(base, unit) for unit in units}
    total = sum(zeros.values())
    if not total:
        return base
    flat = np.concatenate([weights[u.name].abs().numpy().ravel() for u in units])
    flat.partition(total - 1)
    limit = float(flat[total - 1])
    ties = total - int((flat[:total] < limit).sum())
    parts: dict[str, Part] = dict(base.parts)
    for unit in units:
        mask, ties = _above(weights[unit.name].abs(), limit, ties)
        parts[unit.name] = sparse(weights[unit.name], mask)
    return Candidate(parts, base.others)


def _above(sizes: Tensor, limit: float, ties: int) -> tuple[Tensor, int]:
    """Return what stays, and how many ties are still to go."""
    mask = sizes > limit
    equal = (sizes == limit).flatten().nonzero()[:, 0]
    gone = min(ties, len(equal))
    mask.view(-1)[equal[gone:]] = True
    return mask, ties - gone


def zero_share(candidate: Candidate, units: Sequence[Unit]) -> float:
    """Return the measured share of weights that are exactly zero."""
    found = sum(int((candidate.parts[u.name].dense() == 0).sum()) for u in units)
    return found / max(1, sum(u.weights for u in units))
