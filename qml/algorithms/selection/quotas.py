"""Which subsets can still keep their quotas: group fairness as hard constraints, not penalties.

Disjoint quotas are decided by counting (a generalised matroid, arXiv:2010.09141); overlapping ones
by an integer program, which HiGHS solves at once at these sizes.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qml.errors import PlanError
from qml.problems import Group


def require_possible(size: int, k: int, quotas: Sequence[Group]) -> None:
    """Refuse quotas that no subset can keep.

    Args:
        size: How many places there are.
        k: How many are chosen.
        quotas: What the choice must keep.

    Raises:
        PlanError: Says which quota, or that they contradict one another.
    """
    for quota in quotas:
        _require_one(quota, size, k)
    if not completable((), size, k, quotas):
        parts = ", ".join(_words(quota) for quota in quotas)
        raise PlanError(
            f"no choice of {k} among {size} keeps all quotas: {parts}",
            hint="lower a quota, choose more, or have more answers",
        )


def _require_one(quota: Group, size: int, k: int) -> None:
    there, others = len(quota.members), size - len(quota.members)
    if quota.low > quota.high:
        raise PlanError(f"quota `{quota.label}` asks for {quota.low} to {quota.high}")
    if quota.low > k:
        raise PlanError(f"quota `{quota.label}` asks for {quota.low}, but {k} are chosen")
    if quota.low > there:
        raise PlanError(
            f"quota `{quota.label}` asks for {quota.low}, but there are {there} such answers",
            hint="have more answers, or lower the quota",
        )
    if min(quota.high, there) + others < k:
        raise PlanError(
            f"quota `{quota.label}` allows {quota.high}, but only {others} other answers are there"
            f" and {k} are chosen",
            hint="have more answers, or raise the quota",
        )


def _words(quota: Group) -> str:
    amount = str(quota.low) if quota.low == quota.high else f"{quota.low} to {quota.high}"
    return f"`{quota.label}` {amount} of {len(quota.members)}"


def disjoint(quotas: Sequence[Group]) -> bool:
    """Whether no place is in two quotas."""
    members = [place for quota in quotas for place in quota.members]
    return len(members) == len(set(members))


def completable(chosen: Sequence[int], size: int, k: int, quotas: Sequence[Group]) -> bool:
    """Whether places can be added until k are chosen and all quotas hold."""
    if len(chosen) > k:
        return False
    if disjoint(quotas):
        return _by_counting(set(chosen), size, k, quotas)
    gains = np.zeros(size)
    return best_linear(gains, k, quotas, fixed=chosen) is not None


def _by_counting(chosen: set[int], size: int, k: int, quotas: Sequence[Group]) -> bool:
    left, needed = k - len(chosen), 0
    room = size - sum(len(q.members) for q in quotas)
    room -= len(chosen - {place for q in quotas for place in q.members})
    for quota in quotas:
        count = len(chosen.intersection(quota.members))
        free = len(quota.members) - count
        missing = max(0, quota.low - count)
        if count > quota.high or missing > free:
            return False
        needed += missing
        room += min(free, quota.high - count)
    return needed <= left <= room


def best_linear(
    gains: NDArray[np.float64], k: int, quotas: Sequence[Group], *, fixed: Sequence[int] = ()
) -> tuple[int, ...] | None:
    """Return the k places of the largest sum of gains that keep all quotas, or None.

    Args:
        gains: Shape (n,).
        k: How many to choose.
        quotas: What the choice must keep.
        fixed: Places that are chosen already.
    """
    if disjoint(quotas) and not fixed:
        found = ordered_choice(gains[None], k, quotas)[0]
        return tuple(sorted(int(place) for place in found))
    return _by_program(gains, k, quotas, fixed)


def ordered_choice(keys: NDArray[np.float64], k: int, quotas: Sequence[Group]) -> NDArray[np.intp]:
    """Choose by falling keys within disjoint quotas that can hold: exact for sums of keys.

    The first `low` of each quota come before all others, those after its first `high` never.

    Args:
        keys: Shape (m, n); each row is one choice.
        k: How many to choose.
        quotas: Disjoint.

    Returns:
        Places, shape (m, k).
    """
    ranks = _ranks(keys).astype(np.float64)  # 0 is first; whole numbers, so classes cannot mix
    size = keys.shape[1]
    for quota in quotas:
        members = np.array(quota.members, dtype=np.intp)
        if not members.size:
            continue
        inner = _ranks(keys[:, members])
        shift = np.where(inner < quota.low, -size, np.where(inner >= quota.high, size, 0))
        ranks[:, members] += shift
    return np.argsort(ranks, axis=1, kind="stable")[:, :k]


def _ranks(keys: NDArray[np.float64]) -> NDArray[np.intp]:
    order = np.argsort(-keys, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(keys.shape[1])[None], axis=1)
    return ranks


def _by_program(
    gains: NDArray[np.float64], k: int, quotas: Sequence[Group], fixed: Sequence[int]
) -> tuple[int, ...] | None:
    from scipy.optimize import Bounds, LinearConstraint, milp

    size = len(gains)
    rows = np.zeros((len(quotas) + 1, size))
    rows[0] = 1
    for row, quota in zip(rows[1:], quotas, strict=True):
        row[list(quota.members)] = 1
    low = np.array([k, *(quota.low for quota in quotas)], dtype=float)
    high = np.array([k, *(quota.high for quota in quotas)], dtype=float)
    least = np.zeros(size)
    least[list(fixed)] = 1
    found = milp(
        -gains,
        integrality=np.ones(size, dtype=int),
        bounds=Bounds(least, np.ones(size)),
        constraints=LinearConstraint(rows, low, high),
    )
    return tuple(int(i) for i in np.flatnonzero(found.x > 0.5)) if found.success else None  # noqa: PLR2004 - rounding
