"""What a study knows, as numbers. All of it is read from the study's trials, every time anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qml.tuning.columns import column_of, unit
from qml.tuning.encoding import Encoding, Levels
from qml.tuning.ranks import Key, merit, normal_scores
from qml.tuning.surrogates.base import Data

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution
    from optuna.study import Study
    from optuna.trial import FrozenTrial

PROPOSAL = "qml:proposal"
"""System attribute that holds what a sampler proposed, before the trial has asked for it."""
_GOOD = 1 / 3
"""Share of the trials around whose values cells are cut finer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Trials of a study other than the one that is sampled.

    Attributes:
        number: Number of the trial that is sampled.
        encoding: Levels and bits of the parameters.
        levels: Of the finished trials, shape (n, d).
        scores: Of the finished trials, the best lowest, shape (n,).
        begun: Levels of all trials: finished, failed and running, shape (m, d).
    """

    number: int
    encoding: Encoding
    levels: Levels
    scores: NDArray[np.float64]
    begun: Levels

    @property
    def data(self) -> Data:
        """What a surrogate learns from."""
        return Data(encoding=self.encoding, levels=self.levels, scores=self.scores)

    @property
    def taken(self) -> frozenset[tuple[int, ...]]:
        """Settings that are not worth proposing again; empty where levels are not settings."""
        if not self.encoding.exact:
            return frozenset()
        return frozenset(tuple(row) for row in self.begun.tolist())

    @property
    def best(self) -> Levels:
        """Levels of the best trial, shape (d,)."""
        return np.asarray(self.levels[int(np.argmin(self.scores))])

    @property
    def flat(self) -> bool:
        """Whether no trial is better than another."""
        return not len(self.scores) or float(np.ptp(self.scores)) == 0


def common_space(trials: Sequence["FrozenTrial"]) -> dict[str, "BaseDistribution"]:
    """Return every parameter that any trial had, but for those whose ranges change.

    Unlike Optuna's intersection it keeps conditional parameters.
    """
    found: dict[str, Any] = {}
    for trial in trials:
        for name, distribution in trial.distributions.items():
            if not _same(found.setdefault(name, distribution), distribution):
                found[name] = None
    return {k: v for k, v in sorted(found.items()) if v is not None and not v.single()}


def _same(one: Any, other: Any) -> bool:
    """Compare distributions; Optuna's own way is slow for long lists of choices."""
    if one is None:
        return False
    return bool(type(one) is type(other) and (vars(one) == vars(other) or one == other))


def read(study: "Study", number: int, space: Mapping[str, "BaseDistribution"]) -> History:
    """Read what is known when a trial is sampled.

    Args:
        study: The study; it has one objective.
        number: Number of the trial.
        space: Parameters to be sampled together.
    """
    trials = [t for t in study.get_trials(deepcopy=False) if t.number != number]
    done = [t for t in trials if t.state.name in ("COMPLETE", "PRUNED")]
    sign = -1.0 if study.direction.name == "MAXIMIZE" else 1.0
    keys = [merit(t, sign) for t in done]
    encoding = _encoding(space, done, keys)
    begun = [_proposed(t) for t in trials]
    return History(
        number=number,
        encoding=encoding,
        levels=_encoded(encoding, [t.params for t in done]),
        scores=normal_scores(keys) if done else np.empty(0),
        begun=_encoded(encoding, [params for params in begun if _fits(encoding, params)]),
    )


def _encoding(
    space: Mapping[str, "BaseDistribution"], done: list["FrozenTrial"], keys: list[Key]
) -> Encoding:
    order = sorted(range(len(done)), key=lambda i: keys[i])
    good = [done[i].params for i in order[: max(1, round(_GOOD * len(done)))]]
    columns = tuple(column_of(name, d, _places(name, d, good)) for name, d in space.items())
    optional = tuple(any(name not in t.params for t in done) for name in space)
    return Encoding(columns=columns, optional=optional)


def _places(name: str, distribution: Any, good: list[dict[str, Any]]) -> NDArray[np.float64] | None:
    if hasattr(distribution, "choices"):
        return None
    return np.array([unit(distribution, p[name]) for p in good if name in p])


def _proposed(trial: "FrozenTrial") -> dict[str, Any]:
    """Return the parameters of a trial, with those that it has not asked for yet."""
    if trial.state.is_finished():
        return dict(trial.params)
    return {**trial.system_attrs.get(PROPOSAL, {}), **trial.params}


def _fits(encoding: Encoding, params: Mapping[str, Any]) -> bool:
    pairs = zip(encoding.columns, encoding.optional, strict=True)
    return all(absent or column.name in params for column, absent in pairs)


def _encoded(encoding: Encoding, settings: Sequence[Mapping[str, Any]]) -> Levels:
    rows = [encoding.encode(params) for params in settings]
    return np.array(rows, dtype=np.intp).reshape(len(rows), len(encoding.columns))
