"""Trained parameters for checks: those of the newest run, or of a short training."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from qml.algorithms.gradients import GradientFamily
from qml.algorithms.models import KernelModel, Params
from qml.algorithms.optimizers import make_optimizer
from qml.algorithms.training import kernel
from qml.algorithms.training.batches import Batches
from qml.algorithms.training.step import TrainState, build_step, init
from qml.config import Config, runs_folder
from qml.execution.evaluator import BackendEvaluator
from qml.execution.loop import compile_step
from qml.execution.stored_model import load
from qml.plugins import load as load_plugin
from qml.records import RunFolder, list_runs
from qml.seeds import derive
from qml.tasks.prepare import TrainWork

DECIDING = ("model", "data")
"""Sections that make a stored model another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """Trained parameters.

    Attributes:
        params: Named arrays.
        origin: Where they come from, in words.
        run_id: The run that trained them, or None.
    """

    params: Params
    origin: str
    run_id: str | None = None


def newest(config: Config, root: Path) -> Trained | None:
    """Return the newest finished training's model where data, model and seed are those of now."""
    now = config.document()
    for entry in list_runs(runs_folder(config, root)):
        manifest = entry.manifest
        if manifest is None or manifest["command"] != "train" or manifest["status"] != "finished":
            continue
        then = manifest["config"]
        same = all(then.get(part) == now.get(part) for part in DECIDING)
        seed = (then.get("train") or {}).get("seed", 0)
        if not same or seed != config.train.seed:
            return None
        stored = load(RunFolder(entry.path).artifacts)
        return Trained(params=stored.params, origin=f"run {entry.id}", run_id=entry.id)
    return None


@dataclass(frozen=True)
class Trainer:
    """Trains a model again and again, compiled once.

    Attributes:
        work: Model and rows.
        evaluator: Runs its circuits.
        most: Most optimiser steps of one training.
    """

    work: TrainWork
    evaluator: BackendEvaluator
    most: int

    @property
    def steps(self) -> int:
        """Optimiser steps of one training."""
        return min(self.work.plan.steps, self.most)

    def train(self, seed: int) -> Params:
        """Train from one seed of first weights and of batches; the rows stay the same."""
        model = self.work.model
        if isinstance(model, KernelModel):
            rows = self.work.data.train
            features = rows.features.astype(float, copy=False)
            return kernel.fit(model, features, rows.labels, self.evaluator)[0].params
        step, optimizer = self._compiled
        state, batches = self._fresh(seed, optimizer), self._batches(seed)
        for number in range(self.steps):
            state, _ = step(state, batches[number], derive(seed, f"steps/{number}"))
        return {name: np.asarray(value) for name, value in state.params.items()}

    @cached_property
    def _compiled(self) -> tuple[Any, Any]:
        train, model = self.work.config.train, self.work.model
        assert not isinstance(model, KernelModel)
        family: GradientFamily = load_plugin("gradients", self.work.plan.gradient)
        method = family.make(model, self.evaluator, train)
        optimizer = make_optimizer(train, self.steps)
        fresh = self._fresh(0, optimizer)
        return compile_step(build_step(method, optimizer), fresh, self._batches(0)), optimizer

    def _fresh(self, seed: int, optimizer: Any) -> TrainState:
        model, precision = self.work.model, self.work.backend.precision
        assert not isinstance(model, KernelModel)
        drawn = model.init(derive(seed, "init"))
        return init({k: np.asarray(v, dtype=precision) for k, v in drawn.items()}, optimizer)

    def _batches(self, seed: int) -> Batches:
        rows, size = self.work.data.train, self.work.config.train.batch_size
        return Batches(rows.features, rows.labels, size=size, seed=derive(seed, "batches"))
