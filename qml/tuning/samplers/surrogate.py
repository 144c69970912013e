"""What samplers with a surrogate share: read the study, fit, draw, minimise, propose."""

from abc import abstractmethod
from collections.abc import Mapping
from math import inf, nan
from secrets import randbits
from typing import Any, NamedTuple

import numpy as np
from optuna.distributions import BaseDistribution
from optuna.samplers import BaseSampler, RandomSampler
from optuna.study import Study
from optuna.trial import FrozenTrial

from qml.circuits import Evaluator
from qml.errors import ConfigError, PlanError
from qml.seeds import derive
from qml.tuning.acquisition import EVALUATIONS, Minimiser, changed, untried
from qml.tuning.coverage import covers, next_cover
from qml.tuning.encoding import Levels
from qml.tuning.history import PROPOSAL, History, common_space, read
from qml.tuning.surrogates.base import Data, Surrogate

HOW = "proposed by"
"""User attribute of a trial that says what proposed it."""
DESIGN, RANDOM, NEARBY = "initial design", "random", "one change"
EVOLVE = 4
"""Every so many-th trial changes one parameter of a good one: a guard against a wrong model."""
ELITE, COOL = 5, 0.3
"""Of how many trials one is changed, and the part of the heat with which a change is chosen."""


class Choice(NamedTuple):
    """A model that is to propose a trial.

    Attributes:
        how: Its name.
        surrogate: The model.
        accuracy: Share of the variance that it predicts of trials left out, where it was asked.
    """

    how: str
    surrogate: Surrogate
    accuracy: float = nan


class Proposal(NamedTuple):
    """A setting.

    Attributes:
        how: What proposed it.
        params: Values by name.
    """

    how: str
    params: dict[str, Any]


class SurrogateSampler(BaseSampler):  # type: ignore[misc] # Optuna is not followed
    """Proposes the minimum of a function that was drawn from a model of the trials.

    Everything is computed from the study's trials and from seed and number of the trial, so that a
    resumed study goes on as if it had not stopped, and workers need not know of each other.

    Args:
        seed: Feeds every random choice; None takes one from the system.
        n_startup_trials: Trials before the model is asked, one for each level at least.
        heat: How far draws may be from the most plausible function; 1 is Thompson sampling.
        solver: Solver that minimises draws, by its name in `qml.solvers.v1`.
        solver_options: Its settings.
        evaluations: What it may use for one trial.
        evaluator: Runs circuits, for a solver that asks a machine; each trial is a place of its
            own, `trials/NUMBER`.

    Raises:
        ConfigError: A setting is out of range, or the solver has no such option.
        PluginError: No solver has that name.
    """

    def __init__(
        self,
        *,
        seed: int | None = None,
        n_startup_trials: int = 10,
        heat: float = 1.0,
        solver: str = "annealing",
        solver_options: Mapping[str, Any] | None = None,
        evaluations: int = EVALUATIONS,
        evaluator: Evaluator | None = None,
    ) -> None:
        _check(n_startup_trials, heat, evaluations)
        self._seed = randbits(31) if seed is None else seed
        self._startup = n_startup_trials
        self._heat = heat
        self._minimiser = Minimiser(
            solver=solver,
            options=dict(solver_options or {}),
            evaluations=evaluations,
            evaluator=evaluator,
        )
        self._minimiser.check()

    def before_trial(self, study: Study, trial: FrozenTrial) -> None:
        """Refuse what the sampler cannot do, before anything is evaluated.

        Raises:
            PlanError: The study has several objectives.
        """
        del trial
        if len(study.directions) > 1:
            raise PlanError(
                f"{type(self).__name__} handles one objective, and study `{study.study_name}` has"
                f" {len(study.directions)}",
                hint="Optuna's TPESampler and NSGAIISampler handle several",
            )

    def infer_relative_search_space(
        self, study: Study, trial: FrozenTrial
    ) -> dict[str, BaseDistribution]:
        """Return all parameters that some trial had, conditional ones too."""
        trials = study.get_trials(deepcopy=False)
        return common_space([t for t in trials if t.number != trial.number])

    def sample_relative(
        self, study: Study, trial: FrozenTrial, search_space: dict[str, BaseDistribution]
    ) -> dict[str, Any]:
        """Return a setting; nothing where no trial has shown yet what there is to set."""
        if not search_space:
            return {}
        history = read(study, trial.number, search_space)
        rng = self._rng(trial.number, "relative")
        how, params = self._propose(study, trial, history, rng)
        # Workers read what is proposed before the objective asks for it, as Optuna's TPE does it.
        study._storage.set_trial_system_attr(trial._trial_id, PROPOSAL, params)  # noqa: SLF001
        study._storage.set_trial_user_attr(trial._trial_id, HOW, how)  # noqa: SLF001
        return params

    def sample_independent(
        self,
        study: Study,
        trial: FrozenTrial,
        param_name: str,
        param_distribution: BaseDistribution,
    ) -> Any:
        """Return a random value: of a parameter that no trial had, or that was thought absent."""
        sampler = RandomSampler(seed=derive(self._seed, f"{trial.number}/{param_name}"))
        return sampler.sample_independent(study, trial, param_name, param_distribution)

    def _rng(self, number: int, use: str) -> np.random.Generator:
        return np.random.default_rng(derive(self._seed, f"{number}/{use}"))

    def _propose(
        self, study: Study, trial: FrozenTrial, history: History, rng: np.random.Generator
    ) -> Proposal:
        del study, trial
        if self._beginning(history):
            return cover(history, rng, DESIGN)
        return self._minimum(self._choose(history.data), history, rng)

    def _beginning(self, history: History) -> bool:
        """Tell whether it is too early for a model."""
        few = len(history.begun) < covers(history.encoding, self._startup)
        return few or history.flat

    def _minimum(self, choice: Choice, history: History, rng: np.random.Generator) -> Proposal:
        """Draw from a model, and propose the minimum of the draw."""
        if len(history.begun) % EVOLVE == EVOLVE - 1:
            return self._changed(choice, history, rng)
        encoding, draw = history.encoding, choice.surrogate.draw(rng, self._heat)
        seed, place = int(rng.integers(2**31)), f"trials/{history.number}"
        best = self._minimiser.minimise(draw, encoding, history.best, seed, place)
        return _new(choice.how, untried(best, draw, encoding, history.taken), history, rng)

    def _changed(self, choice: Choice, history: History, rng: np.random.Generator) -> Proposal:
        """Change one parameter of one of the best trials, as the model advises."""
        draw = choice.surrogate.draw(rng, COOL * self._heat)
        parent = history.levels[rng.choice(np.argsort(history.scores, kind="stable")[:ELITE])]
        new = changed(parent, draw, history.encoding, history.taken)
        return _new(f"{choice.how}, {NEARBY}", new, history, rng)

    @abstractmethod
    def _choose(self, data: Data) -> Choice:
        """Fit a model, or choose one."""


def _check(trials: int, heat: float, evaluations: int) -> None:
    if trials < 1 or evaluations < 1 or not 0 <= heat < inf:
        raise ConfigError(
            f"n_startup_trials = {trials}, heat = {heat}, evaluations = {evaluations}",
            hint="trials and evaluations are at least 1, and heat is 0 or more",
        )


def cover(history: History, rng: np.random.Generator, how: str) -> Proposal:
    """Propose levels that were tried least."""
    levels = next_cover(history.encoding, history.begun, rng)
    return Proposal(how, history.encoding.decode(levels, rng))


def _new(how: str, levels: Levels | None, history: History, rng: np.random.Generator) -> Proposal:
    """Propose a new setting; where there is none nearby, one of levels that were tried least."""
    if levels is None:
        return cover(history, rng, RANDOM)
    return Proposal(how, history.encoding.decode(levels, rng))
