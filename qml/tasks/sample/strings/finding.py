"""Finds the run whose model is sampled; nothing heavy is imported for it."""

from pathlib import Path

from qml.config import Config, runs_folder
from qml.errors import ConfigError, RunError
from qml.records import RunFolder, find

FACTS = "generator.json"


def model_run(config: Config, root: Path) -> RunFolder:
    """Return the run whose model is sampled.

    Raises:
        ConfigError: None is named.
        RunError: It does not exist, or has no trained generative model.
    """
    query = config.sample.model.run
    if query is None:
        raise ConfigError(
            "no run is named", hint="`qml sample model RUN`, or sample.model.run; `qml runs list`"
        )
    run = find(runs_folder(config, root), query)
    facts = run.artifacts / FACTS
    if facts.is_file():
        return run
    status, kind = run.manifest()["status"], run.manifest()["model"].get("kind")
    if status != "finished":
        raise RunError(
            f"run {run.id} is {status}; it has no trained model yet",
            hint=f"qml runs resume {run.id}",
        )
    raise RunError(
        f"run {run.id} has no generative model: it trained `{kind}`",
        hint="train one with model.kind = 'iqp', 'born_machine', 'rbm' or 'bitflip'",
    )
