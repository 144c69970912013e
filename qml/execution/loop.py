"""The training loop: steps, epochs, checkpoints, early stopping, and stopping when asked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import jax

from qml.algorithms.models import Params
from qml.algorithms.training.batches import Batches
from qml.algorithms.training.step import Step, TrainState
from qml.errors import InterruptedRunError, QmlError
from qml.execution.checkpoints import Checkpoints, Position, pack, unpack
from qml.execution.meter import Meter
from qml.execution.steps import StepJournal
from qml.execution.stop import StopRequest
from qml.ports import Bar, Clock, Progress
from qml.seeds import derive

LOOK_UP = 2.0
"""Seconds after which metrics are written even where an epoch takes longer, for whoever watches."""

Validate = Callable[[Params], tuple[float, float]]
"""Returns loss and accuracy on the validation rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When things happen.

    Attributes:
        steps: Steps of the whole run.
        minutes: Minutes between checkpoints, or None for one at each epoch.
        patience: Epochs without a better validation loss before stopping, or None.
        seed: Root of the seeds that steps are given.
    """

    steps: int
    minutes: float | None
    patience: int | None
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the loop talks to.

    Attributes:
        checkpoints: Where states are kept.
        journal: Where metrics go.
        progress: Who watches.
        clock: What time it is.
        stop: Whether somebody asked to stop.
        begin: Told the name of each stage, e.g. `step/12`.
        meter: Knows what the run has used.
        facts: What a person who watches wants to know beside the loss, e.g. what was spent.
    """

    checkpoints: Checkpoints
    journal: StepJournal
    progress: Progress
    clock: Clock
    stop: StopRequest
    begin: Callable[[str], None]
    meter: Meter
    facts: Callable[[], dict[str, str]] = dict


class Trained(NamedTuple):
    """The end of a training.

    Attributes:
        params: Parameters; those of the best validation loss under early stopping.
        step: Steps done.
        train_seconds: Time of the steps, without compilation, validation and checkpoints.
        stopped_early: Whether patience ran out.
    """

    params: Params
    step: int
    train_seconds: float
    stopped_early: bool


class TrainingLoop:
    """Runs steps until the schedule ends.

    Args:
        step: One step.
        batches: Its data.
        schedule: When things happen.
        around: What the loop talks to.
        validate: Judges parameters on validation rows, or None.
    """

    def __init__(
        self,
        step: Step,
        batches: Batches,
        schedule: Schedule,
        around: Surroundings,
        validate: Validate | None = None,
    ) -> None:
        self._step = step
        self._batches = batches
        self._schedule = schedule
        self._around = around
        self._validate = validate
        self._saved_at = around.clock.monotonic()

    def run(self, fresh: TrainState) -> Trained:
        """Go on from the last checkpoint, or from `fresh` where there is none.

        Raises:
            InterruptedRunError: Somebody asked to stop; the state is saved.
            UsageError: The loss is no longer finite.
        """
        saved = self._around.checkpoints.latest()
        state, position = unpack(saved, fresh) if saved else (fresh, Position())
        self._around.meter.record(position.used)
        with self._around.progress.bar("training", self._schedule.steps) as bar:
            bar.advance(position.step)
            while position.step < self._schedule.steps and not self._out_of_patience(position):
                state, position = self._epoch(state, position, bar)
        watched = position.best if self._schedule.patience is not None else None
        params = state.params if watched is None else watched
        early = position.step < self._schedule.steps
        return Trained(params, position.step, position.train_seconds, early)

    def _epoch(
        self, state: TrainState, position: Position, bar: Bar
    ) -> tuple[TrainState, Position]:
        """Run to the end of the epoch, or of the schedule."""
        per_epoch = self._batches.per_epoch
        end = min((position.step // per_epoch + 1) * per_epoch, self._schedule.steps)
        while position.step < end:
            state, position = self._stretch(state, position, end, bar)
            if position.step < end:  # at the end the validation rows are looked at first
                self._pause(state, position)
        position = self._judge(state, position)
        if self._schedule.minutes is None or position.step == self._schedule.steps:
            self._save(state, position)
        self._pause(state, position)
        return state, position

    def _pause(self, state: TrainState, position: Position) -> None:
        """Stop where somebody asked to, or save where a checkpoint is due.

        Raises:
            InterruptedRunError: Somebody asked to stop.
        """
        if self._around.stop.requested and position.step < self._schedule.steps:
            self._save(state, position)
            raise InterruptedRunError(f"stopped after step {position.step}; the state is saved")
        if self._checkpoint_is_due():
            self._save(state, position)

    def _stretch(
        self, state: TrainState, position: Position, end: int, bar: Bar
    ) -> tuple[TrainState, Position]:
        """Run steps without looking up: for two seconds, or until somebody wants something."""
        around, step = self._around, position.step
        started = around.clock.monotonic()
        full, failure = False, None
        while step < end and not full and not around.stop.requested:
            around.begin(f"step/{step}")
            seed = derive(self._schedule.seed, f"step/{step}")
            try:
                state, info = self._step(state, self._batches[step], seed)
            except QmlError as error:  # a budget is spent, a vendor failed: keep what was reached
                failure = error
                break
            step += 1
            full = around.journal.add(step, info.loss, info.accuracy)
            bar.advance(1, **around.facts())
            if self._checkpoint_is_due() or around.clock.monotonic() - started > LOOK_UP:
                break
        jax.block_until_ready(state.params)
        seconds = around.clock.monotonic() - started
        around.journal.flush()
        reached = position._replace(step=step, train_seconds=position.train_seconds + seconds)
        if failure is not None:
            if step > position.step:
                self._save(state, reached)
            raise failure
        bar.advance(0, **around.journal.facts())
        return state, reached

    def _judge(self, state: TrainState, position: Position) -> Position:
        """Look at the validation rows at the end of an epoch."""
        if self._validate is None:
            return position
        epoch = -(-position.step // self._batches.per_epoch)
        self._around.begin(f"validation/{epoch}")
        loss, accuracy = self._validate(state.params)
        self._around.journal.note(
            position.step, {"validation_loss": loss, "validation_accuracy": accuracy}
        )
        if position.best_loss is None or loss < position.best_loss:
            return position._replace(best_loss=loss, best_epoch=epoch, best=dict(state.params))
        return position

    def _out_of_patience(self, position: Position) -> bool:
        patience = self._schedule.patience
        epoch = position.step // self._batches.per_epoch
        return patience is not None and epoch - position.best_epoch >= patience

    def _checkpoint_is_due(self) -> bool:
        minutes = self._schedule.minutes
        elapsed = self._around.clock.monotonic() - self._saved_at
        return minutes is not None and elapsed >= 60 * minutes

    def _save(self, state: TrainState, position: Position) -> None:
        arrays, facts = pack(state, position._replace(used=self._around.meter.total))
        self._around.checkpoints.save(position.step, arrays, facts)
        self._saved_at = self._around.clock.monotonic()


def compile_step(step: Any, state: TrainState, batches: Batches) -> Step:
    """Compile a traceable step ahead of time; other steps are returned as they are."""
    if not hasattr(step, "lower"):
        return step  # type: ignore[no-any-return] # a plain function
    compiled: Step = step.lower(state, batches[0], 0).compile()
    return compiled
