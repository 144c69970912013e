"""Trials in order of merit, and scores that depend on that order alone.

Losses of bad settings span orders of magnitude, and a model that is fitted to them has no eye for
differences among good ones. So surrogates are fitted to normal scores of ranks; that also gives a
pruned or infeasible trial a place without inventing a value for it.
"""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

if TYPE_CHECKING:
    from optuna.trial import FrozenTrial

Key = tuple[int, float, float]


def merit(trial: "FrozenTrial", sign: float) -> Key:
    """Return a key that sorts finished trials, best first.

    Complete ones go by their value, after them pruned ones by how far they came and by the value
    there, and last those that violate a constraint, by how much.

    Args:
        trial: A finished trial.
        sign: 1 to minimise, -1 to maximise.
    """
    violation = sum(v for v in trial.constraints.values() if v > 0)
    if violation > 0:
        return (2, float(violation), 0.0)
    if trial.state.name == "COMPLETE":
        return (0, sign * float(trial.values[0]), 0.0)
    if not trial.intermediate_values:
        return (1, 1.0, 0.0)
    step, value = max(trial.intermediate_values.items())
    return (1, -float(step), math.inf if math.isnan(value) else sign * value)


def normal_scores(keys: Sequence[Key]) -> NDArray[np.float64]:
    """Return a score for each key, the best lowest, with mean 0 and variance 1 unless all tie.

    Van der Waerden's scores: the normal quantile of (rank - 1/2) / n; ties share their mean rank.
    """
    order = {key: i for i, key in enumerate(sorted(set(keys)))}
    place = np.array([order[key] for key in keys], dtype=np.intp)
    counts = np.bincount(place, minlength=len(order))
    middle = np.cumsum(counts) - counts / 2
    scores = ndtri(middle[place] / len(keys))
    scores -= scores.mean()
    spread = scores.std()
    return np.asarray(scores / spread if spread > 0 else scores)
