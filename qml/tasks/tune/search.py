"""One search: a sequence of trials that a sampler chooses, kept by Optuna."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qml.config.space import Parameter
from qml.tasks.tune.distributions import Values, distributions, values_of
from qml.tasks.tune.jobs import Done
from qml.tasks.tune.objective import Objective

if TYPE_CHECKING:
    from optuna.pruners import BasePruner
    from optuna.samplers import BaseSampler
    from optuna.storages import BaseStorage
    from optuna.study import Study
    from optuna.trial import FrozenTrial, Trial

RUN, ERROR, SECONDS, FACTS = "run", "error", "seconds", "facts"
REFIT = "refit"
"""Attribute of a study: the runs that trained its best settings once more, by their place."""
LOSS = "validation_loss"

MakeSampler = Callable[[int], "BaseSampler"]
"""Makes the sampler that chooses the trial of this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A trial that is to be carried out.

    Attributes:
        number: Its number in the search.
        values: What was drawn, by key of qml.toml.
        run_id: Run that an earlier session began, or None.
    """

    number: int
    values: Values
    run_id: str | None = None


class Search:
    """A study of Optuna's, asked for trials and told how they ended.

    The sampler is made anew for each trial, with a seed of the trial's own, so that what it
    chooses depends on the trials before and on nothing else: a study that was killed and goes on
    is the same study.

    Args:
        storage: Where it is kept.
        name: Its name there.
        sampler: Makes the sampler of a trial.
        pruner: Says which trainings are hopeless.
        objective: What trials are judged by.
        space: What is tuned.
    """

    def __init__(
        self,
        storage: "BaseStorage",
        name: str,
        *,
        sampler: MakeSampler,
        pruner: "BasePruner",
        objective: Objective,
        space: Sequence[Parameter],
    ) -> None:
        import optuna

        self.name = name
        self.space = space
        self._objective = objective
        self._make = sampler
        self._distributions = distributions(space)
        self.study: Study = optuna.create_study(
            storage=storage,
            study_name=name,
            sampler=optuna.samplers.RandomSampler(),  # replaced before it is asked
            pruner=pruner,
            direction=objective.optuna_direction,
            load_if_exists=True,
        )
        self._open: dict[int, Trial] = {}

    @property
    def names(self) -> list[str]:
        """Names of all numbers, choices and switches."""
        return list(self._distributions)

    def left_open(self) -> list[Asked]:
        """Return the trials that an earlier session began and did not end."""
        from optuna.trial import Trial, TrialState

        found = self.study.get_trials(deepcopy=False, states=(TrialState.RUNNING,))
        return [
            self._asked(Trial(self._with_sampler(frozen.number), frozen._trial_id), frozen)  # noqa: SLF001 - Optuna has no public way to take a running trial up again
            for frozen in found
        ]

    def open_numbers(self) -> list[int]:
        """Return the numbers of the trials that have not ended."""
        from optuna.trial import TrialState

        found = self.study.get_trials(deepcopy=False, states=(TrialState.RUNNING,))
        return [trial.number for trial in found]

    def ask(self) -> Asked:
        """Choose the next trial."""
        trial = self._with_sampler(self.begun).ask()
        return self._asked(trial, None)

    def born(self, number: int, run_id: str) -> None:
        """Write the run of a trial down, before the run buys anything."""
        self._open[number].set_user_attr(RUN, run_id)

    def report(self, number: int, epoch: int, values: Mapping[str, float]) -> bool:
        """Write down how an epoch went, and say whether to give the trial up.

        It is the validation loss that is looked at, with the sign of the objective: accuracies of
        few rows are too coarse to tell trainings apart.
        """
        trial = self._open[number]
        sign = -1.0 if self._objective.direction == "max" else 1.0
        trial.report(sign * values[LOSS], epoch)
        return bool(trial.should_prune())

    def tell(self, number: int, done: Done) -> None:
        """Write down how a trial ended; one that can go on stays open."""
        from optuna.trial import TrialState

        if done.state in {"interrupted", "budget"}:
            return
        trial = self._open.pop(number)
        trial.set_user_attr(SECONDS, round(done.seconds, 4))
        if done.error is not None:
            trial.set_user_attr(ERROR, done.error)
        if done.facts:
            trial.set_user_attr(FACTS, dict(done.facts))
        states = {"pruned": TrialState.PRUNED, "failed": TrialState.FAIL}
        state = states.get(done.state, TrialState.COMPLETE)
        self._with_sampler(number).tell(number, done.value, state=state)

    @property
    def begun(self) -> int:
        """Trials so far, open ones included."""
        return len(self.trials())

    def trials(self) -> "list[FrozenTrial]":
        """Return all trials, by number."""
        found: list[FrozenTrial] = self.study.get_trials(deepcopy=False)
        return found

    def runs(self) -> list[str]:
        """Return the runs of all trials so far."""
        return [t.user_attrs[RUN] for t in self.trials() if RUN in t.user_attrs]

    def refits(self) -> dict[str, str]:
        """Return the runs that trained the best settings once more, by their place."""
        found: dict[str, str] = self.study.user_attrs.get(REFIT, {})
        return found

    def refit(self, place: str, run_id: str) -> None:
        """Write the run of a last training down, before the run buys anything."""
        self.study.set_user_attr(REFIT, {**self.refits(), place: run_id})

    def best(self) -> "FrozenTrial | None":
        """Return the best trial that ended well, or None.

        Accuracies on few rows are often equal; then the lower validation loss is better, and of
        equal ones the first.
        """
        from optuna.trial import TrialState

        ended = self.study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
        sign = -1.0 if self._objective.direction == "max" else 1.0

        def rank(trial: "FrozenTrial") -> tuple[float, float]:
            loss = trial.user_attrs.get(FACTS, {}).get(LOSS, 0.0)
            return sign * trial.value, loss

        return min(ended, key=rank, default=None)

    def _asked(self, trial: "Trial", frozen: "FrozenTrial | None") -> Asked:
        drawn: dict[str, Any] = {
            name: _suggest(trial, name, about) for name, about in self._distributions.items()
        }
        self._open[trial.number] = trial
        attributes = frozen.user_attrs if frozen is not None else {}
        return Asked(
            number=trial.number,
            values=values_of(self.space, drawn),
            run_id=attributes.get(RUN),
        )

    def _with_sampler(self, number: int) -> "Study":
        self.study.sampler = self._make(number)
        return self.study


def _suggest(trial: "Trial", name: str, about: Any) -> Any:
    from optuna.distributions import CategoricalDistribution, IntDistribution

    if isinstance(about, CategoricalDistribution):
        return trial.suggest_categorical(name, about.choices)
    suggest = trial.suggest_int if isinstance(about, IntDistribution) else trial.suggest_float
    return suggest(name, about.low, about.high, step=about.step, log=about.log)
