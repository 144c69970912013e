"""Finds the run whose model is sampled; nothing heavy is imported for it."""

import json
from pathlib import Path
from typing import Any

from qml.config import Config, runs_folder
from qml.errors import ConfigError, PlanError, RunError
from qml.records import RunFolder, find

FACTS = "generator.json"

EXACT = "jax"
"""On the engine the exact distribution is drawn from, and no circuit is run gate by gate."""

CIRCUITS = frozenset({"iqp", "born_machine"})
"""Kinds that come with qml and are sampled by a circuit."""


def model_run(config: Config, root: Path) -> RunFolder:
    """Return the run whose model is sampled.

    Raises:
        ConfigError: None is named.
        PlanError: Its circuit is to be drawn from here, and has too many qubits.
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
        _refuse_width(config, json.loads(facts.read_text("utf-8")))
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


def _refuse_width(config: Config, facts: dict[str, Any]) -> None:
    """Refuse what would be refused anyhow, before a run is made for it."""
    from qml.results.mmd import MOST_BITS

    bits, section = len(facts["columns"]), config.backend
    here = section.name == EXACT and not section.route and section.noise.silent
    if here and bits > MOST_BITS and facts["model"]["kind"] in CIRCUITS:
        raise PlanError(
            f"the state of {bits} qubits is too large for this machine; {MOST_BITS} are the most",
            hint="another backend samples it: -b ionq.forte-1 --dry-run tells the price",
        )
