"""What all checks of one `qml test` share: model, rows, an exact simulator, trained parameters.

Everything is made when it is first asked for, once.
"""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from qml.algorithms.models import KernelModel, Params, VariationalModel
from qml.algorithms.training.kernel import KernelMachine
from qml.algorithms.training.predict import predictor
from qml.backends.base import Backend
from qml.backends.registry import open_backend
from qml.circuits import Circuit, Gate
from qml.config import Config
from qml.config.sections import BackendSection
from qml.execution.direct import DirectRunner
from qml.execution.evaluator import BackendEvaluator
from qml.execution.meter import UsageMeter
from qml.records import RunFolder
from qml.seeds import Seeds, derive
from qml.session import World, cache_folder
from qml.tasks.generative.checks import is_generative
from qml.tasks.prepare import TrainWork, prepare_training
from qml.tasks.test.skipped import SkippedError
from qml.tasks.test.trained import Trained, Trainer, newest

NO_RUN = UUID(int=0)
"""What a check computes belongs to no purchase."""
MOST_QUBITS = 16
"""Wider models take minutes on the simulator that checks compare with."""


@dataclass(frozen=True)
class Subject:
    """The project under test.

    Attributes:
        config: Configuration.
        root: Folder of the project.
        run: Run of this test; trainings of checks are kept beneath it.
        world: Clock, environment and progress.
        share: Error rate of each check's statistical tests together.
        scratch: Folder for projects that a check makes.
    """

    config: Config
    root: Path
    run: RunFolder
    world: World
    share: float
    scratch: Path
    _opened: dict[str, Backend] = field(default_factory=dict)
    _trained: dict[int, Params] = field(default_factory=dict)

    @cached_property
    def simulated(self) -> Config:
        """The configuration with exact simulation in the place of `[backend]`."""
        section = BackendSection(
            name="jax",
            precision=self.config.backend.precision,
            threads=self.config.backend.threads,
        )
        train = self.config.train.model_copy(update={"gradient": "auto"})
        return self.config.model_copy(update={"backend": section, "train": train})

    @cached_property
    def work(self) -> TrainWork:
        """Model and rows, planned on the simulator.

        Raises:
            SkippedError: There is no data, or no model that answers for rows.
        """
        data = self.config.data
        if not (data.name or data.path or data.entry):
            raise SkippedError("qml.toml names no data to train on", hint="set data.name")
        if is_generative(self.config):
            raise SkippedError(
                "the model generates rows, and this check asks for answers",
                hint="the project's own tests look at its samples",
            )
        seeds = Seeds(self.config.train.seed)
        return prepare_training(self.simulated, self.root, seeds, self.world)

    @property
    def model(self) -> VariationalModel | KernelModel:
        """The model."""
        return self.work.model

    @cached_property
    def variational(self) -> VariationalModel:
        """The model, where it has weights.

        Raises:
            SkippedError: It is a kernel.
        """
        model = self.work.model
        if isinstance(model, KernelModel):
            raise SkippedError("a kernel has no trained circuit", hint="nothing is to be done")
        return model

    @cached_property
    def params(self) -> Params:
        """Parameters of the trained model; see `trained`."""
        return self.trained.params

    @cached_property
    def trained(self) -> Trained:
        """The newest run's model where it is this one, else a short training's."""
        found = newest(self.config, self.root)
        if found is not None:
            return found
        params = self.trained_from(self.config.train.seed)
        return Trained(params=params, origin=f"a training of {self.trainer.steps} steps")

    def trained_from(self, seed: int) -> Params:
        """Return the parameters that a short training from a seed ends with, trained once."""
        if seed not in self._trained:
            self._trained[seed] = self.trainer.train(seed)
        return self._trained[seed]

    @cached_property
    def trainer(self) -> Trainer:
        """Trains the model from any seed, compiled once."""
        return Trainer(self.work, self.evaluator, most=self.config.test.steps)

    @cached_property
    def evaluator(self) -> BackendEvaluator:
        """The exact simulator.

        Raises:
            SkippedError: The model is too wide for it.
        """
        wires = self.work.model.circuit.wires
        if wires > MOST_QUBITS:
            raise SkippedError(
                f"{wires} qubits are more than the {MOST_QUBITS} that are simulated here",
                hint="--set model.qubits=8 checks the same family",
            )
        return self.evaluator_of(self.work.backend)

    def evaluator_of(self, section: BackendSection) -> BackendEvaluator:
        """Open a simulator, once for the same settings."""
        key = section.model_dump_json()
        if key not in self._opened:
            folder = cache_folder(self.root, self.world.environ)
            self._opened[key] = open_backend(section, folder, self.world.environ)
        backend = self._opened[key]
        runner = DirectRunner(backend, run=NO_RUN, meter=UsageMeter())
        return BackendEvaluator(backend, runner, shots=section.shots, seed=self.seed("sampling"))

    def seed(self, name: str) -> int:
        """Return a seed by what it is for."""
        return derive(self.config.train.seed, f"test/{name}")

    def close(self) -> None:
        """Close every simulator that was opened."""
        for backend in self._opened.values():
            backend.close()
        self._opened.clear()

    @cached_property
    def rows(self) -> NDArray[np.floating]:
        """Test rows that noise and shots are tried on, the first so many."""
        return self.work.data.test.features[: self.config.test.rows]

    @property
    def labels(self) -> NDArray[np.int64]:
        """Their labels."""
        return self.work.data.test.labels[: self.config.test.rows]

    @cached_property
    def predict(self) -> Any:
        """`(params, features) -> logits (N, classes)` on the simulator, compiled once."""
        return predictor(self.variational, self.evaluator)

    def answers(self, params: Params, features: NDArray[Any]) -> NDArray[np.int64]:
        """Return labels of rows, shape (N,)."""
        model = self.model
        if isinstance(model, KernelModel):
            machine = KernelMachine(model, params)
            return machine.predict(features.astype(float, copy=False), self.evaluator)
        logits = np.asarray(self.predict(params, features))
        return np.asarray(logits.argmax(axis=1), dtype=np.int64)

    def circuits(self, features: NDArray[Any], params: Params) -> list[Circuit]:
        """Return the model's circuit of each row, bound.

        Built in NumPy, row by row: to compile what computes the angles takes seconds.
        """
        model = self.model
        if isinstance(model, KernelModel):
            return [model.circuit.build(np.asarray(x, float), np.zeros(0)) for x in features]
        inputs, weights = np.asarray(model.before(params, features)), np.asarray(params["weights"])
        return [_bound(model.circuit.build(row, weights)) for row in inputs]


def _bound(circuit: Circuit) -> Circuit:
    gates = [Gate(g.name, g.wires, tuple(float(p) for p in g.params)) for g in circuit.gates]
    return Circuit.of(circuit.wires, gates)
