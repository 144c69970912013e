"""Fit a model of either kind on prepared rows, and answer for the test rows."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.gradients import GradientFamily
from qml.algorithms.models import KernelModel, Model, Params, VariationalModel
from qml.algorithms.optimizers import make_optimizer
from qml.algorithms.training import kernel
from qml.algorithms.training.batches import Batches
from qml.algorithms.training.predict import Predictor, predictor
from qml.algorithms.training.step import TrainState, build_step, init
from qml.config import Config
from qml.data import Prepared, Rows
from qml.errors import UsageError
from qml.execution.evaluator import BackendEvaluator
from qml.execution.loop import Schedule, Surroundings, TrainingLoop, Validate, compile_step
from qml.planning.training import steps_circuits
from qml.plugins import load
from qml.seeds import Seeds, derive


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What is to be fitted.

    Attributes:
        config: Configuration.
        model: The model.
        data: Prepared rows.
        precision: `float32` or `float64`, as the rows have it.
        gradient: Gradient method, resolved.
        steps: Optimiser steps.
        evaluated: Training rows that the training accuracy is measured on.
    """

    config: Config
    model: Model
    data: Prepared
    precision: str
    gradient: str
    steps: int
    evaluated: int


class Fit(NamedTuple):
    """What came out.

    Attributes:
        params: Trained arrays.
        predicted: Labels of the test rows.
        metrics: Loss, accuracies on the training rows, times and amounts.
        stopped_early: Whether patience ran out.
    """

    params: Params
    predicted: NDArray[np.int64]
    metrics: dict[str, Any]
    stopped_early: bool


def fit(task: Assignment, evaluator: BackendEvaluator, seeds: Seeds, around: Surroundings) -> Fit:
    """Fit the model, going on from a checkpoint where there is one."""
    if isinstance(task.model, KernelModel):
        return _fit_kernel(task, task.model, evaluator, seeds, around)
    return _fit_variational(task, task.model, evaluator, seeds, around)


def _fit_variational(
    task: Assignment,
    model: VariationalModel,
    evaluator: BackendEvaluator,
    seeds: Seeds,
    around: Surroundings,
) -> Fit:
    config, data, clock = task.config, task.data, around.clock
    batches = Batches(
        data.train.features,
        data.train.labels,
        size=config.train.batch_size,
        seed=seeds["batches"],
    )
    family: GradientFamily = load("gradients", task.gradient)
    method = family.make(model, evaluator, config.train)
    optimizer = make_optimizer(config.train, task.steps)
    fresh = _fresh_state(model, optimizer, seeds["init"], task.precision)
    started = clock.monotonic()
    with around.progress.bar("compiling", None):
        step = compile_step(build_step(method, optimizer), fresh, batches)
    compile_seconds = clock.monotonic() - started
    predict = predictor(model, evaluator)
    schedule = Schedule(
        steps=task.steps,
        minutes=config.checkpoint.minutes,
        patience=config.train.patience,
        seed=seeds["steps"],
    )
    validate = _validator(predict, data.validation) if len(data.validation) else None
    trained = TrainingLoop(step, batches, schedule, around, validate).run(fresh)
    around.begin("test")
    predicted = np.argmax(predict(trained.params, data.test.features), axis=1)
    around.begin("train")
    seen = _first(data.train, task.evaluated, seeds["evaluated"])
    loss, accuracy = _judge(predict(trained.params, seen.features), seen)
    if not isfinite(loss):
        raise UsageError(
            f"training diverged: the final loss is {loss}",
            hint="lower train.learning_rate, or set train.clip = 1.0",
        )
    held_out = _held_out(task, around, lambda rows: predict(trained.params, rows.features))
    circuits = steps_circuits(config, model, task.gradient, len(data.train), trained.step)
    return Fit(
        {k: np.asarray(v) for k, v in trained.params.items()},
        predicted.astype(np.int64),
        {
            "train_accuracy": accuracy,
            "loss": loss,
            **held_out,
            "train_seconds": trained.train_seconds,
            "compile_seconds": compile_seconds,
            "circuits_per_second": circuits / max(trained.train_seconds, 1e-9),
            "steps": trained.step,
            "epochs": trained.step / batches.per_epoch,
            "train_rows_evaluated": len(seen),
        },
        trained.stopped_early,
    )


def _held_out(
    task: Assignment, around: Surroundings, logits: Callable[[Rows], NDArray[np.floating]]
) -> dict[str, float]:
    """Judge the trained model on the validation rows, where they were kept back for it."""
    rows = task.data.validation
    if not task.config.data.hold_out or not len(rows):
        return {}
    around.begin("validation")
    loss, accuracy = _judge(logits(rows), rows)
    return {"validation_loss": loss, "validation_accuracy": accuracy}


def _fit_kernel(
    task: Assignment,
    model: KernelModel,
    evaluator: BackendEvaluator,
    seeds: Seeds,
    around: Surroundings,
) -> Fit:
    data, clock = task.data, around.clock
    started = clock.monotonic()
    with around.progress.bar("kernel", 2) as bar:
        around.begin("kernel/train")
        rows = data.train.features.astype(float, copy=False)
        tuned = model.C is None or model.bandwidth is None
        seed = seeds["kernel/folds"] if tuned else 0
        machine, on_train, chosen = kernel.fit(model, rows, data.train.labels, evaluator, seed=seed)
        fitted = clock.monotonic()
        bar.advance()
        around.begin("kernel/test")
        predicted = machine.predict(data.test.features.astype(float, copy=False), evaluator)
        bar.advance()
        held_out = _kernel_held_out(task, machine, evaluator, around)
    count = len(data.train)
    accuracy = float(np.mean(on_train == data.train.labels))
    circuits = count if evaluator.exact else kernel.circuits(count, 0)
    seconds = fitted - started
    return Fit(
        machine.params,
        predicted,
        {
            "train_accuracy": accuracy,
            "loss": 1.0 - accuracy,  # the 0-1 loss: a support vector machine has no cross-entropy
            **held_out,
            "train_seconds": seconds,
            "compile_seconds": 0.0,
            "circuits_per_second": circuits / max(seconds, 1e-9),
            "steps": 1,
            "epochs": 1.0,
            "train_rows_evaluated": count,
            "support_vectors": len(machine.params["support"]),
            **chosen,
        },
        stopped_early=False,
    )


def _kernel_held_out(
    task: Assignment, machine: Any, evaluator: BackendEvaluator, around: Surroundings
) -> dict[str, float]:
    rows = task.data.validation
    if not task.config.data.hold_out or not len(rows):
        return {}
    around.begin("kernel/validation")
    predicted = machine.predict(rows.features.astype(float, copy=False), evaluator)
    accuracy = float(np.mean(predicted == rows.labels))
    return {"validation_loss": 1.0 - accuracy, "validation_accuracy": accuracy}


def _fresh_state(model: VariationalModel, optimizer: Any, seed: int, precision: str) -> TrainState:
    params = {k: np.asarray(v, dtype=precision) for k, v in model.init(seed).items()}
    return init(params, optimizer)


def _validator(predict: Predictor, rows: Rows) -> Validate:
    return lambda params: _judge(predict(params, rows.features), rows)


def _judge(logits: NDArray[np.floating], rows: Rows) -> tuple[float, float]:
    """Return mean cross-entropy (nats) and accuracy; in NumPy, since JAX would compile for it."""
    shifted = logits.astype(np.float64) - logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=1))
    each = log_sum - shifted[np.arange(len(rows)), rows.labels]
    return float(each.mean()), float(np.mean(logits.argmax(axis=1) == rows.labels))


def _first(rows: Rows, number: int, seed: int) -> Rows:
    """Return all rows, or so many of them drawn with the seed."""
    if number >= len(rows):
        return rows
    drawn = np.sort(np.random.default_rng(derive(seed, "rows")).permutation(len(rows))[:number])
    return Rows(features=rows.features[drawn], labels=rows.labels[drawn], index=rows.index[drawn])
