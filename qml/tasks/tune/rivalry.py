"""The sampler against random search at equal trials."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from qml.tasks.tune.objective import Objective
from qml.tasks.tune.rows import Row, so_far
from qml.tasks.tune.searches import RANDOM

CONFIDENCE = 0.95


class Regret(NamedTuple):
    """How far searches ended from the best value that any of them saw.

    Attributes:
        mean: Over the searches.
        low: Lower end of its interval over the seeds; None where there is one search.
        high: Upper end.
    """

    mean: float
    low: float | None
    high: float | None


def rivalry(searches: Sequence[Row], objective: Objective, sampler: str) -> dict[str, Any] | None:
    """Compare a sampler with random search; None where no random search was run.

    Both are looked at after the same number of trials, the least that any of them made. The regret
    is the distance to the best value that any of these searches saw, since the optimum is unknown.
    """
    ours = [s for s in searches if s["sampler"] == sampler]
    theirs = [s for s in searches if s["sampler"] == RANDOM]
    if sampler == RANDOM or not ours or not theirs:
        return None
    trials = min(s["trials"] for s in (*ours, *theirs))
    found = {
        name: [s["best_so_far"][trials - 1] for s in some]
        for name, some in ((sampler, ours), (RANDOM, theirs))
    }
    if any(value is None for values in found.values() for value in values):
        return None
    best = so_far([v for values in found.values() for v in values], objective)[-1]
    assert best is not None
    regrets = {name: regret([abs(best - v) for v in values]) for name, values in found.items()}
    difference = [abs(best - b) - abs(best - a) for a, b in zip(*found.values(), strict=False)]
    apart = regret(difference)
    return {
        "trials": trials,
        "searches": len(ours),
        "regret": {name: r._asdict() for name, r in regrets.items()},
        "ahead_by": apart._asdict(),
        "standing": _standing(apart),
    }


def regret(values: Sequence[float]) -> Regret:
    """Return the mean and Student's interval over the seeds."""
    mean = math.fsum(values) / len(values)
    if len(values) == 1:
        return Regret(mean, None, None)
    from scipy.stats import t

    spread = math.sqrt(math.fsum((v - mean) ** 2 for v in values) / (len(values) - 1))
    half = float(t.ppf((1 + CONFIDENCE) / 2, len(values) - 1)) * spread / math.sqrt(len(values))
    return Regret(mean, mean - half, mean + half)


def _standing(apart: Regret) -> str:
    """Return `ahead` or `behind` where the interval leaves no zero, else `even` or `unknown`."""
    if apart.low is None or apart.high is None:
        return "unknown"
    if apart.low > 0:
        return "ahead"
    return "behind" if apart.high < 0 else "even"
