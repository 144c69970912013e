"""Fit a generative model on rows of bits: with checkpoints, or as a rival without."""

from dataclasses import dataclass
from math import ceil
from typing import Any, NamedTuple

import jax
import numpy as np

from qml.algorithms.generators import Generator
from qml.algorithms.generators.step import build_step, fresh_state
from qml.algorithms.models import Params
from qml.algorithms.optimizers import make_optimizer
from qml.algorithms.training.batches import Batches
from qml.algorithms.training.step import Step, TrainState
from qml.config.sections import TrainSection
from qml.errors import InterruptedRunError
from qml.execution.loop import Schedule, Surroundings, TrainingLoop, compile_step
from qml.execution.stop import StopRequest
from qml.ports import Clock, Progress
from qml.seeds import derive

LOOK_UP = 25
"""Steps of a rival between two looks at the loss."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What is to be fitted.

    Attributes:
        generator: The model.
        rows: Training rows, 0 and 1, shape (N, bits), in the precision of the training.
        section: `[train]`.
        minutes: Minutes between checkpoints, or None for one at each epoch.
        seed: Root of its seeds.
    """

    generator: Generator
    rows: Any
    section: TrainSection
    minutes: float | None
    seed: int

    @property
    def steps(self) -> int:
        """Optimiser steps."""
        return steps_of(self.section, len(self.rows))


class Learned(NamedTuple):
    """What came out.

    Attributes:
        params: Trained arrays.
        steps: Steps done.
        epochs: Passes over the rows.
        train_seconds: Time of the steps.
        compile_seconds: Time of the compilation.
    """

    params: Params
    steps: int
    epochs: float
    train_seconds: float
    compile_seconds: float


def steps_of(section: TrainSection, rows: int) -> int:
    """Return the steps of a training on so many rows."""
    wanted = section.epochs * ceil(rows / min(section.batch_size, rows))
    return min(wanted, section.steps or wanted)


def learn(lesson: Lesson, around: Surroundings) -> Learned:
    """Fit the model, going on from a checkpoint where there is one."""
    started = around.clock.monotonic()
    with around.progress.bar("compiling", None):
        step, fresh, batches = _ready(lesson)
    compiled = around.clock.monotonic() - started
    schedule = Schedule(
        steps=lesson.steps,
        minutes=lesson.minutes,
        patience=None,
        seed=derive(lesson.seed, "steps"),
    )
    trained = TrainingLoop(step, batches, schedule, around).run(fresh)
    return Learned(
        params=_plain(trained.params),
        steps=trained.step,
        epochs=trained.step / batches.per_epoch,
        train_seconds=trained.train_seconds,
        compile_seconds=compiled,
    )


def learn_rival(lesson: Lesson, *, stop: StopRequest, clock: Clock, progress: Progress) -> Learned:
    """Fit a rival from the start to the end.

    Raises:
        InterruptedRunError: Somebody asked to stop; the rival begins anew when the run goes on.
    """
    kind = lesson.generator.kind
    started = clock.monotonic()
    step, state, batches = _ready(lesson)
    compiled, began = clock.monotonic() - started, clock.monotonic()
    root = derive(lesson.seed, "steps")
    with progress.bar(f"training {kind}", lesson.steps) as bar:
        for done in range(lesson.steps):
            if stop.requested:
                raise InterruptedRunError(f"stopped while the rival `{kind}` was trained")
            state, info = step(state, batches[done], derive(root, f"step/{done}"))
            facts = {"loss": f"{float(info.loss):.4f}"} if done % LOOK_UP == 0 else {}
            bar.advance(1, **facts)
        jax.block_until_ready(state.params)
    return Learned(
        params=_plain(state.params),
        steps=lesson.steps,
        epochs=lesson.steps / batches.per_epoch,
        train_seconds=clock.monotonic() - began,
        compile_seconds=compiled,
    )


def _ready(lesson: Lesson) -> tuple[Step, TrainState, Batches]:
    """Compile the step, draw the first parameters, cut the batches."""
    rows = lesson.rows
    batches = Batches(
        rows,
        np.zeros(len(rows), dtype=np.int64),
        size=lesson.section.batch_size,
        seed=derive(lesson.seed, "batches"),
    )
    optimizer = make_optimizer(lesson.section, lesson.steps)
    seed = derive(lesson.seed, "init")
    fresh = fresh_state(lesson.generator, optimizer, rows, seed, str(rows.dtype))
    return compile_step(build_step(lesson.generator, optimizer), fresh, batches), fresh, batches


def _plain(params: Params) -> Params:
    return {name: np.asarray(value) for name, value in params.items()}
