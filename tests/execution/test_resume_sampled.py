"""A sampled training that stops and goes on from files ends as one that never stopped."""

from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from qml.algorithms.models import Shape
from qml.algorithms.optimizers import make_optimizer
from qml.algorithms.training.batches import Batches
from qml.algorithms.training.step import build_step, init
from qml.backends.registry import open_backend
from qml.config.sections import BackendSection, ModelSection, TrainSection
from qml.errors import InterruptedRunError
from qml.execution.direct import DirectRunner
from qml.execution.evaluator import BackendEvaluator
from qml.execution.loop import Schedule, Surroundings, TrainingLoop
from qml.execution.meter import UsageMeter
from qml.execution.steps import StepJournal
from qml.execution.stop import StopRequest
from qml.plugins import load
from qml.ports import Silence, SystemClock
from qml.records.checkpoints import Checkpoints

STEPS = 6


class Files:
    def __init__(self, folder: Path):
        self.store = Checkpoints(folder)

    def save(self, step, arrays, state):
        return self.store.save(step, arrays, state)

    def latest(self):
        return self.store.latest()[0]


class Nowhere:
    def write(self, rows):
        pass


def train(folder: Path, optimizer: str, stop_at: int | None = None):
    section = TrainSection(optimizer=optimizer, learning_rate=0.1)
    model = load("models", "variational")(
        ModelSection(qubits=2, layers=1), Shape(features=2, classes=2), Path()
    )
    meter = UsageMeter()
    backend = open_backend(BackendSection(shots=20))
    runner = DirectRunner(backend, run=UUID(int=2), meter=meter)
    evaluator = BackendEvaluator(backend, runner, shots=20, seed=3)
    rng = np.random.default_rng(0)
    features = rng.uniform(-1, 1, (8, 2)).astype(np.float32)
    batches = Batches(features, (features.sum(1) > 0).astype(int), size=4, seed=0)
    transform = make_optimizer(section, STEPS)
    inner = build_step(load("gradients", "spsa").make(model, evaluator, section), transform)
    stop = StopRequest()

    def step(state, batch, seed):
        step.calls += 1
        stop.requested = step.calls == stop_at
        return inner(state, batch, seed)

    step.calls = 0
    around = Surroundings(
        checkpoints=Files(folder),
        journal=StepJournal(Nowhere(), batches.per_epoch),
        progress=Silence(),
        clock=SystemClock(),
        stop=stop,
        begin=evaluator.begin,
        meter=meter,
    )
    params = {k: np.asarray(v, dtype=np.float32) for k, v in model.init(0).items()}
    schedule = Schedule(steps=STEPS, minutes=None, patience=None, seed=1)
    trained = TrainingLoop(step, batches, schedule, around).run(init(params, transform))
    return {k: np.asarray(v) for k, v in trained.params.items()}, meter.total


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
def test_spsa_resumes_to_the_last_bit_and_counts_all_circuits(tmp_path, optimizer):
    wanted, used = train(tmp_path / "whole", optimizer)
    for stop_at in (1, 3):
        folder = tmp_path / str(stop_at)
        with pytest.raises(InterruptedRunError):
            train(folder, optimizer, stop_at)
        found, total = train(folder, optimizer)
        assert all(np.array_equal(found[k], wanted[k]) for k in wanted)
        assert total == used
        assert total.circuits == STEPS * 2 * 4
