"""Why each chosen place was chosen, and what another one would have cost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qml.algorithms.selection.problem import Subset
from qml.algorithms.selection.swaps import TOLERANCE, swap_costs


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one place was chosen.

    Attributes:
        place: The chosen place.
        quality: Its quality, 0 to 1 among all places.
        from_quality: What its quality adds to f.
        from_distance: What its distances to the other chosen add to f.
        gain: Both together: what f would lose without it, at fixed scales.
        nearest: The unchosen place that is most like it, or None where all are chosen.
        nearest_similarity: Cosine of the two, or None.
        nearest_cost: What f loses where `nearest` replaces it; negative is a gain.
        best_swap: The replacement that costs least among those the quotas allow, or None.
        best_swap_cost: What it costs, or None.
        held_by: Labels of the quotas that alone keep a replacement out that would raise f.
    """

    place: int
    quality: float
    from_quality: float
    from_distance: float
    gain: float
    nearest: int | None
    nearest_similarity: float | None
    nearest_cost: float | None
    best_swap: int | None
    best_swap_cost: float | None
    held_by: tuple[str, ...] = ()


def explain(problem: Subset, chosen: Sequence[int]) -> tuple[Reason, ...]:
    """Give the reasons of a choice, in ascending order of places.

    Args:
        problem: What was chosen from.
        chosen: Places that keep the quotas.
    """
    places = sorted(chosen)
    free = [place for place in range(problem.size) if place not in places]
    allowed = swap_costs(problem, places)
    all_costs = swap_costs(problem, places, quotas=False)
    return tuple(
        _reason(problem, places, row, free, allowed[row], all_costs[row])
        for row in range(len(places))
    )


def _reason(
    problem: Subset,
    places: list[int],
    row: int,
    free: list[int],
    allowed: np.ndarray,
    costs: np.ndarray,
) -> Reason:
    place = places[row]
    worth = float(problem.worth[place])
    distance = float(problem.pairs[place, places].sum())
    nearest = max(free, key=lambda j: problem.similarity[place, j], default=None)
    swap = min(free, key=lambda j: allowed[j], default=None)
    possible = swap is not None and bool(np.isfinite(allowed[swap]))
    return Reason(
        place=place,
        quality=float(problem.quality[place]),
        from_quality=worth,
        from_distance=distance,
        gain=worth + distance,
        nearest=nearest,
        nearest_similarity=None if nearest is None else float(problem.similarity[place, nearest]),
        nearest_cost=None if nearest is None else float(costs[nearest]),
        best_swap=swap if possible else None,
        best_swap_cost=float(allowed[swap]) if possible and swap is not None else None,
        held_by=_held(problem, places, place, free, costs),
    )


def _held(
    problem: Subset, places: list[int], place: int, free: list[int], costs: np.ndarray
) -> tuple[str, ...]:
    """Return the quotas that the most tempting replacement would break."""
    tempting = min(free, key=lambda j: costs[j], default=None)
    if tempting is None or not costs[tempting] < -TOLERANCE:
        return ()
    after = {*places, tempting} - {place}
    return tuple(
        quota.label
        for quota in problem.quotas
        if not quota.low <= len(after.intersection(quota.members)) <= quota.high
    )
