"""The loop against a run without interruption: same parameters, same metrics, to the last bit."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pytest

from qml.algorithms.training.batches import Batches
from qml.algorithms.training.step import StepInfo, TrainState
from qml.errors import InterruptedRunError, UsageError
from qml.execution.loop import Schedule, Surroundings, TrainingLoop
from qml.execution.meter import UsageMeter
from qml.execution.steps import StepJournal
from qml.execution.stop import StopRequest
from qml.ports import Silence, SystemClock


class Kept(NamedTuple):
    step: int
    arrays: Mapping[str, np.ndarray]
    state: Mapping[str, object]


class Memory:
    def __init__(self):
        self.kept: list[Kept] = []

    def save(self, step, arrays, state):
        self.kept.append(Kept(step, dict(arrays), dict(state)))

    def latest(self):
        return self.kept[-1] if self.kept else None


class Rows:
    def __init__(self):
        self.rows = []

    def write(self, rows):
        self.rows += [dict(r) for r in rows]


def step(state, batch, seed):
    """A made-up step that depends on everything that must be repeated."""
    rng = np.random.default_rng(seed)
    moved = state.params["w"] + batch.features.mean() * rng.normal(size=2)
    return TrainState({"w": moved}, (state.optimizer[0] + 1,)), StepInfo(float(moved[0]), 0.5)


def fresh():
    return TrainState({"w": np.zeros(2)}, (np.array(0),))


class World:
    def __init__(self, *, steps=23, patience=None, minutes=None, clock=None):
        self.memory, self.sink, self.stages = Memory(), Rows(), []
        self.stop = StopRequest()
        features = np.random.default_rng(0).normal(size=(40, 3))
        self.batches = Batches(features, np.zeros(40, dtype=int), size=8, seed=0)
        self.schedule = Schedule(steps=steps, minutes=minutes, patience=patience, seed=5)
        self.clock = clock or SystemClock()

    def loop(self, function=step, validate=None):
        around = Surroundings(
            checkpoints=self.memory,
            journal=StepJournal(self.sink, self.batches.per_epoch),
            progress=Silence(),
            clock=self.clock,
            stop=self.stop,
            begin=self.stages.append,
            meter=UsageMeter(),
        )
        return TrainingLoop(function, self.batches, self.schedule, around, validate)


@pytest.mark.parametrize("at", [1, 4, 5, 6, 13, 22])
def test_interrupted_and_resumed_equals_uninterrupted(at):
    whole = World()
    wanted = whole.loop().run(fresh())
    assert wanted.step == 23

    parted, calls = World(), []

    def stopping(state, batch, seed):
        calls.append(seed)
        parted.stop.requested = len(calls) == at
        return step(state, batch, seed)

    with pytest.raises(InterruptedRunError, match=f"after step {at}"):
        parted.loop(stopping).run(fresh())
    parted.stop = StopRequest()
    found = parted.loop().run(fresh())
    assert np.array_equal(found.params["w"], wanted.params["w"])
    assert parted.sink.rows == whole.sink.rows
    assert found.step == wanted.step
    assert parted.memory.kept[-1].arrays["optimizer/0"] == 23


def test_interrupted_at_the_end_of_an_epoch_the_validation_is_not_lost():
    def validated(world, at=None):
        calls = []

        def counting(state, batch, seed):
            calls.append(seed)
            world.stop.requested = len(calls) == at
            return step(state, batch, seed)

        return world.loop(counting, lambda params: (float(abs(params["w"][0])), 0.5))

    whole, parted = World(patience=3), World(patience=3)
    wanted = validated(whole).run(fresh())
    with pytest.raises(InterruptedRunError):
        validated(parted, at=5).run(fresh())
    parted.stop = StopRequest()
    found = validated(parted).run(fresh())
    assert found.step == wanted.step
    assert parted.sink.rows == whole.sink.rows
    assert np.array_equal(found.params["w"], wanted.params["w"])


def test_a_checkpoint_at_each_epoch_and_at_the_end():
    world = World()
    world.loop().run(fresh())
    assert [kept.step for kept in world.memory.kept] == [5, 10, 15, 20, 23]
    assert world.stages[:2] == ["step/0", "step/1"]


def test_checkpoints_by_the_clock():
    class Ticking:
        time = 0.0

        def monotonic(self):
            self.time += 1.0
            return self.time

    world = World(steps=10, minutes=0.05, clock=Ticking())
    world.loop().run(fresh())
    steps = [kept.step for kept in world.memory.kept]
    assert steps[-1] == 10
    assert len(steps) > 2
    assert any(s % 5 for s in steps)


def test_patience_returns_the_best_parameters():
    losses = iter([3.0, 2.0, 2.5, 2.6, 1.0])
    world = World(steps=25, patience=2)
    seen = []

    def validate(params):
        seen.append(params["w"].copy())
        return next(losses), 0.5

    trained = world.loop(validate=validate).run(fresh())
    assert trained.stopped_early
    assert trained.step == 20
    assert np.array_equal(trained.params["w"], seen[1])
    assert [r["validation_loss"] for r in world.sink.rows if "validation_loss" in r] == [
        3,
        2,
        2.5,
        2.6,
    ]


def test_divergence_is_an_error_that_names_the_step():
    world = World()

    def diverging(state, batch, seed):
        after, info = step(state, batch, seed)
        return after, info._replace(loss=float("nan") if after.optimizer[0] == 3 else info.loss)

    with pytest.raises(UsageError, match="the loss of step 3 is nan"):
        world.loop(diverging).run(fresh())
    assert [r["step"] for r in world.sink.rows] == [1, 2, 4, 5]
