"""Trainings and prices that a measurement asks for: on simulators, never on a vendor's machine."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qml.benchmarking.measurements.base import Priced, Rehearsed
from qml.config import Config, Loaded, runs_folder, validate
from qml.config.tuned import with_values
from qml.errors import PlanError
from qml.files import digest_json, write_json
from qml.records import RunFolder
from qml.records.metrics import read_metrics
from qml.session import World
from qml.tasks import carry, rival, train
from qml.tasks.compare import candidate
from qml.tasks.runs import require_outcome

FOLDER = Path(".qml") / "rehearsals"


class Rehearsals:
    """Trains as runs of their own, children of the measurement's; equal ones only once.

    Args:
        run: Run of the measurement.
        config: Configuration of its cell.
        root: Folder of the project.
        world: Clock, environment and progress.
    """

    def __init__(self, run: RunFolder, config: Config, root: Path, world: World) -> None:
        self._run, self._config, self._root, self._world = run, config, root, world

    def train(self, settings: Mapping[str, Any]) -> Rehearsed:
        """Train on a simulator.

        Raises:
            PlanError: The backend is a vendor's.
        """
        return self._rehearsed("train", self._with(settings))

    def rival(self, settings: Mapping[str, Any]) -> Rehearsed:
        """Train a classical model."""
        return self._rehearsed("rival", self._with(settings))

    def price(self, settings: Mapping[str, Any], backend: str) -> Priced:
        """Price a training on a vendor's machine; nobody is asked, nothing is sent.

        Raises:
            PlanError: It cannot run there.
        """
        loaded = self._loaded(self._with(settings))
        plan = candidate(loaded, backend, self._world, ask=False).plan
        bought = plan.purchase
        return Priced(
            low=bought.low,
            expected=bought.expected,
            high=bought.high,
            currency=bought.currency,
            circuits=bought.circuits,
            shots=bought.shots,
            notes=tuple(dict.fromkeys((*bought.notes, *plan.warnings))),
        )

    def _rehearsed(self, verb: str, config: Config) -> Rehearsed:
        if carry.leaves_this_machine(config):
            raise PlanError(f"`{config.backend.name}` is no simulator; a measurement buys nothing")
        run = self._known(verb, config) or self._work(verb, config)
        metrics = require_outcome(run)["metrics"]
        return Rehearsed(
            run_id=run.id,
            test_accuracy=metrics["test_accuracy"],
            validated=tuple(
                (row["step"], row["validation_accuracy"])
                for row in read_metrics(run.metrics_path)
                if "validation_accuracy" in row
            ),
            seconds=metrics["train_seconds"],
        )

    def _work(self, verb: str, config: Config) -> RunFolder:
        run = carry.begin(
            self._loaded(config), verb, name=None, world=self._world, parent=self._run.id
        )
        if verb == "rival":
            rival.run(run, config, self._root, self._world)
        else:
            train.run(run, config, self._root, self._world)
        path = self._path(verb, config)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, {"run_id": run.id})
        return run

    def _known(self, verb: str, config: Config) -> RunFolder | None:
        """Return the finished run of an equal rehearsal, where it is still there."""
        path = self._path(verb, config)
        if not path.exists():
            return None
        run_id = json.loads(path.read_text(encoding="utf-8"))["run_id"]
        run = RunFolder(runs_folder(config, self._root) / run_id)
        return run if run.outcome_path.exists() else None

    def _path(self, verb: str, config: Config) -> Path:
        deciding = {k: v for k, v in config.document().items() if k not in {"measure", "project"}}
        return self._root / FOLDER / f"{digest_json([verb, deciding])}.json"

    def _with(self, settings: Mapping[str, Any]) -> Config:
        return validate(with_values(self._config.document(), dict(settings)))

    def _loaded(self, config: Config) -> Loaded:
        return Loaded(config=config, origins={}, root=self._root, file=None)
