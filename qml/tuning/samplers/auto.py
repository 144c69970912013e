"""`auto`: of three ways to propose, the one whose model predicts best what it has not seen."""

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np
from optuna.samplers import BaseSampler, TPESampler
from optuna.study import Study
from optuna.trial import FrozenTrial

from qml.seeds import derive
from qml.tuning.history import History
from qml.tuning.samplers.options import build
from qml.tuning.samplers.surrogate import (
    DESIGN,
    Choice,
    Proposal,
    SurrogateSampler,
    cover,
)
from qml.tuning.surrogates.base import Data
from qml.tuning.surrogates.linear import fit_linear
from qml.tuning.surrogates.quadratic import fit_quadratic

_log = logging.getLogger(__name__)
TPE = "tpe"
LEAST = 0.05
"""Share of the variance that a model has to predict; below it TPE proposes."""


class AutoSampler(SurrogateSampler):
    """Chooses for each trial between the linear model, the quadratic one, and Optuna's TPE.

    The share of the scores' variance that a model predicts for trials that it was not shown (leave
    one out) decides between linear and quadratic; where both predict next to nothing, TPE proposes,
    which needs no such model. Each trial's user attribute `proposed by` says what it was.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._fits: dict[str, float] = {}

    @property
    def fits(self) -> dict[str, float]:
        """Held-out share of variance of each model when it last chose; empty before."""
        return dict(self._fits)

    def _propose(
        self, study: Study, trial: FrozenTrial, history: History, rng: np.random.Generator
    ) -> Proposal:
        if self._beginning(history):
            return cover(history, rng, DESIGN)
        choice = self._choose(history.data)
        if choice.accuracy < LEAST:
            return Proposal(TPE, self._tpe(study, trial, history))
        return self._minimum(choice, history, rng)

    def _choose(self, data: Data) -> Choice:
        models = {"linear": fit_linear(data), "quadratic": fit_quadratic(data)}
        self._fits = {name: model.accuracy for name, model in models.items()}
        choices = [Choice(name, model, model.accuracy) for name, model in models.items()]
        best = max(choices, key=lambda choice: choice.accuracy)
        _log.info("held-out share of variance: %s; best: %s", self._fits, best.how)
        return best

    def _tpe(self, study: Study, trial: FrozenTrial, history: History) -> dict[str, Any]:
        """Ask a new TPE sampler, so that it depends on trial and seed alone."""
        sampler = TPESampler(seed=derive(self._seed, f"{trial.number}/tpe"), n_startup_trials=0)
        names = {column.name for column in history.encoding.columns}
        space = sampler.infer_relative_search_space(study, trial)
        space = {name: values for name, values in space.items() if name in names}
        params: dict[str, Any] = sampler.sample_relative(study, trial, space)
        return params


def make(*, seed: int, options: Mapping[str, Any]) -> BaseSampler:
    """Make the sampler that `auto` names."""
    return build(AutoSampler, seed, options)
