"""The run whose model is pruned: its model, and the rows that it was trained and tested on."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qml.config import Config, runs_folder
from qml.errors import DataError, RunError
from qml.records import RunFolder, find

if TYPE_CHECKING:
    from qml.algorithms.models import VariationalModel
    from qml.data import Prepared
    from qml.execution.stored_model import StoredModel
    from qml.session import World

PREFIX = "run:"
FACTS, ARRAYS = "model.json", "model.safetensors"
ROOM = 12
"""Most qubits: losses of hundreds of cuts are simulated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A trained model and its rows.

    Attributes:
        run: The run that trained it.
        stored: The model as it is kept.
        model: Rebuilt from it.
        data: Its rows, as they were prepared for the training.
        digest: SHA-256 of its arrays.
    """

    run: RunFolder
    stored: "StoredModel"
    model: "VariationalModel"
    data: "Prepared"
    digest: str

    def describe(self) -> dict[str, Any]:
        """Return what the records keep of it."""
        return {
            "source": f"{PREFIX}{self.run.id}",
            "name": self.run.manifest()["name"],
            "sha256": self.digest,
            "kind": self.model.kind,
            "qubits": self.model.circuit.wires,
            "layers": self.model.layers,
            "parameters": sum(int(a.size) for a in self.stored.params.values()),
        }


def model_run(config: Config, root: Path) -> RunFolder:
    """Return the run that `compress.model` names; nothing heavy is imported.

    Raises:
        RunError: It does not exist, has not finished, or trained nothing that can be pruned.
    """
    import json

    run = find(runs_folder(config, root), config.compress.model.removeprefix(PREFIX))
    manifest = run.manifest()
    if not (run.artifacts / FACTS).is_file():
        if manifest["status"] != "finished":
            raise RunError(
                f"run {run.id} is {manifest['status']}; it has no trained model yet",
                hint=f"qml runs resume {run.id}",
            )
        raise RunError(f"run {run.id} has no classifier", hint="train one: qml train")
    if manifest["command"] != "train":
        raise RunError(
            f"run {run.id} is a `{manifest['command']}`; only what `qml train` made is pruned",
            hint="a pruned model is not pruned again: name the run that it came from",
        )
    kind = json.loads((run.artifacts / FACTS).read_text("utf-8"))["model"]["kind"]
    if kind == "kernel":
        raise RunError(
            f"run {run.id} trained a kernel, which has no trained gates",
            hint="train model.kind = 'variational', 'hybrid' or 'custom'",
        )
    return run


def open_source(config: Config, root: Path, world: "World") -> Source:
    """Load the model, and prepare the rows as its training did.

    Raises:
        DataError: The data is no longer what the training had.
        RunError: The circuit is too wide to be simulated hundreds of times.
    """
    from qml.algorithms.models import VariationalModel
    from qml.config import validate
    from qml.data import load, prepare
    from qml.execution.stored_model import load as load_model
    from qml.files import digest_file
    from qml.seeds import Seeds

    run = model_run(config, root)
    trained = validate(run.manifest()["config"])
    stored = load_model(run.artifacts)
    model = stored.build(root)
    assert isinstance(model, VariationalModel)
    if model.circuit.wires > ROOM:
        raise RunError(
            f"run {run.id} has {model.circuit.wires} qubits; up to {ROOM} are pruned, since losses"
            " of hundreds of cuts are simulated",
        )
    dataset = load(trained.data, root=root, environ=world.environ, progress=world.progress)
    data = prepare(
        dataset,
        trained.data,
        seeds=Seeds(trained.train.seed),
        scale=model.scale if trained.data.scale == "auto" else trained.data.scale,
        validation=trained.data.hold_out or trained.train.patience is not None,
    )
    if dict(data.digests) != run.manifest()["data"]["digests"]:
        raise DataError(
            f"the data of run {run.id} is not what it was trained on: held-out rows may have been"
            " training rows",
            hint="bring the old data back, or train again",
        )
    return Source(
        run=run,
        stored=stored,
        model=model,
        data=data,
        digest=digest_file(run.artifacts / ARRAYS),
    )
