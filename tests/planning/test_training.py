"""What a plan counts is what the training submits: in every basis, epoch and part of a batch."""

from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from qml.algorithms.models import Shape
from qml.circuits import pauli, z
from qml.config import validate
from qml.data.prepare import Prepared, Rows
from qml.errors import PlanError
from qml.execution.evaluator import BackendEvaluator
from qml.execution.fit import Assignment, fit
from qml.execution.loop import Surroundings
from qml.execution.packed import PackedRunner
from qml.execution.steps import StepJournal
from qml.execution.stop import StopRequest
from qml.planning.site import Site
from qml.planning.training import evaluated_rows, plan_training, training_batches
from qml.plugins import load
from qml.pricing.tasks import TasksTariff
from qml.seeds import Seeds
from qml.testing.fake_run import FakeRun
from qml.testing.fake_vendor import FakeRemote

SHOTS = 5
TARIFF = TasksTariff(
    provider="fake",
    device="one",
    source="test",
    currency="USD",
    task=Decimal(1),
    shot=Decimal("0.01"),
)
TWO_BASES = (z(0), pauli("X", (0,)))


class Nowhere:
    """Keeps no checkpoint and no metrics."""

    def save(self, step, arrays, state):
        return None

    def latest(self):
        return None

    def write(self, rows):
        return None


def _rows(count, seed):
    rng = np.random.default_rng(seed)
    features = rng.uniform(-1, 1, (count, 2)).astype(np.float32)
    labels = np.arange(count) % 2
    return Rows(features=features, labels=labels, index=np.arange(count))


def _data(train, validation, test):
    parts = {"train": _rows(train, 0), "validation": _rows(validation, 1), "test": _rows(test, 2)}
    return Prepared(**parts, classes=("a", "b"), preprocessor=None, digests={})


@contextmanager
def _vendor(most):
    run = FakeRun()
    run.backend = FakeRemote(run.account, circuits_per_job=most)
    yield run
    run.close()


def _planned(tmp_path, data, remote, *, observables=None, pack=False, kind="variational", **train):
    facts = {"batch_size": 4, "steps": 3, "gradient": "spsa", **train}
    config = validate(
        {
            "backend": {"name": "fake", "shots": SHOTS, "pack": pack},
            "model": {"kind": kind, "qubits": 2, "layers": 1},
            "train": facts,
        }
    )
    model = load("models", kind)(config.model, Shape(features=2, classes=2), tmp_path)
    if observables is not None:
        model = replace(model, circuit=replace(model.circuit, observables=observables))
    site = Site(name="fake.one", capabilities=remote.capabilities, remote=remote, tariff=TARIFF)
    rows = {part: len(getattr(data, part)) for part in ("train", "validation", "test")}
    plan = plan_training(config, model, site, rows=rows, features=data.train.features)
    return config, model, plan


def _train(run, config, model, plan, data):
    buyer = run.buyer()
    runner = PackedRunner(buyer, run.backend.capabilities.qubits) if config.backend.pack else buyer
    evaluator = BackendEvaluator(run.backend, runner, shots=SHOTS, seed=3)
    around = Surroundings(
        checkpoints=Nowhere(),
        journal=StepJournal(Nowhere(), 2),
        progress=run.progress,
        clock=run.clock,
        stop=StopRequest(),
        begin=evaluator.begin,
        meter=run.meter,
    )
    task = Assignment(
        config=config,
        model=model,
        data=data,
        precision="float32",
        gradient=plan.gradient,
        steps=plan.steps,
        evaluated=evaluated_rows(config, plan.rows),
    )
    fit(task, evaluator, Seeds(0), around)


@pytest.mark.parametrize(
    ("parts", "most", "settings"),
    [
        pytest.param((8, 0, 3), 7, {"observables": TWO_BASES}, id="two-bases-in-small-jobs"),
        pytest.param(
            (7, 0, 3), 100, {"observables": TWO_BASES, "pack": True, "gradient": "parameter_shift"},
            id="two-bases-packed",
        ),
        pytest.param(
            (7, 2, 3), 5, {"steps": None, "epochs": 2, "patience": 5, "perturbations": 2},
            id="epochs-of-partial-batches-and-validation",
        ),
        pytest.param((3, 0, 9), 100, {"batch_size": 50}, id="a-batch-of-all-rows"),
        pytest.param((9, 0, 2), 100, {"gradient": "guided_spsa"}, id="guided-with-one-row-left"),
        pytest.param(
            (9, 0, 2), 4, {"gradient": "guided_spsa", "observables": TWO_BASES, "pack": True},
            id="guided-packed-in-small-jobs",
        ),
    ],
)  # fmt: skip
def test_what_is_planned_is_what_is_submitted(tmp_path, parts, most, settings):
    data = _data(*parts)
    with _vendor(most) as run:
        config, model, plan = _planned(tmp_path, data, run.backend, **settings)
        _train(run, config, model, plan, data)
        planned, used, jobs = plan.purchase, run.meter.total, run.account.jobs
        assert (planned.circuits, planned.shots) == (used.circuits, used.shots)
        assert planned.jobs == len(jobs)
        assert planned.expected == run.account.charged
        if not settings.get("pack"):
            assert plan.circuits == planned.circuits


def _batches(tmp_path, rows, **train):
    with _vendor(100) as run:
        config, model, _ = _planned(tmp_path, _data(8, 0, 2), run.backend, **train)
    steps = train.get("steps", 3)
    return [tuple(b) for b in training_batches(config, model, "spsa", rows, steps)]


def test_batches_are_named(tmp_path):
    rows = {"train": 10, "validation": 3, "test": 2}
    assert _batches(tmp_path, rows, steps=7) == [
        (5, 8, "step"),
        (2, 4, "last step of an epoch"),
        (3, 3, "validation"),
        (1, 2, "test"),
        (1, 2, "training accuracy"),
    ]


def test_a_first_epoch_that_is_cut_short_has_no_last_step(tmp_path):
    rows = {"train": 10, "validation": 0, "test": 2}
    names = [what for *_, what in _batches(tmp_path, rows, steps=2)]
    assert names == ["step", "test", "training accuracy"]


def test_a_single_training_row_has_no_pair(tmp_path):
    with _vendor(100) as run:
        data = _data(1, 0, 2)
        _, _, plan = _planned(tmp_path, data, run.backend, kind="kernel")
    assert (plan.circuits, plan.purchase.circuits, plan.purchase.jobs) == (2, 2, 1)


def test_lbfgs_is_refused_since_its_looks_cannot_be_counted(tmp_path):
    with _vendor(100) as run, pytest.raises(PlanError, match="exact gradients"):
        _planned(tmp_path, _data(8, 0, 2), run.backend, optimizer="lbfgs")
