"""The example file: every key with its default, its meaning and its unit."""

import textwrap
from collections.abc import Iterator
from typing import Any

import tomli_w
from pydantic import BaseModel

from qml.config.config import Config

_HEAD = """\
# Every key of qml.toml with its default. Keys that have no default are commented out.
# Precedence: flag, --set key=value, environment (QML_TRAIN__EPOCHS=5), this file, the user's file.
"""
_SAMPLES: dict[str, Any] = {
    "compress.seconds": 60.0,
    "compress.parallel": 2,
    "compress.output": "small.gguf",
    "compress.shape": [1, 8, 8],
    "compress.weights": "model.safetensors",
    "screen.repeats": 2,
    "rival.name": "rbf_svc",
    "test.shots": 1000,
    "measure.kind": "step",
    "data.name": "digits",
    "data.path": "data.csv",
    "data.entry": "my_data:load",
    "data.dir": "data/fashion-mnist",
    "data.split": "split",
    "data.features": 8,
    "data.classes": [0, 1],
    "data.rows": 1000,
    "model.entry": "model:circuit",
    "model.qubits": 8,
    "model.active": [True, False, True, True],
    "model.weights": [2, 4, 3],
    "train.steps": 1000,
    "train.clip": 1.0,
    "train.patience": 5,
    "sample.kind": "qubo",
    "sample.llm.evaluations": 100_000,
    "sample.model.output": "rows.csv",
    "sample.model.run": "blobs",
    "model.generator.hidden": 64,
    "model.generator.operators": 512,
    "sample.qubo.file": "problem.json",
    "sample.qubo.instance": "labs:12",
    "sample.qubo.evaluations": 100_000,
    "sample.qubo.seconds": 10.0,
    "sample.qubo.output": "best.json",
    "tune.metric": "validation_accuracy",
    "tune.direction": "max",
    "tune.seconds": 600.0,
    "tune.study": "rates",
    "tune.command": "python train.py --lr {lr}",
    "tune.timeout": 60.0,
    "sample.ising.file": "ising.json",
    "sample.ising.temperature": 1.0,
    "sample.ising.evaluations": 100_000,
    "sample.ising.seconds": 10.0,
    "sample.ising.circuits": 1000,
    "sample.ising.output": "samples.csv",
    "backend.threads": 2,
    "backend.noise.model": "forte-1",
    "backend.noise.depolarizing": 0.001,
    "backend.noise.depolarizing2": 0.005,
    "mitigation.noise.model": "forte-1",
    "mitigation.noise.depolarizing": 0.001,
    "mitigation.noise.depolarizing2": 0.005,
    "backend.fallback": "ionq.simulator",
    "backend.ionq.session_cost_limit": "100.00",
    "backend.ibm.instance": "crn:v1:...",
    "backend.ibm.max_execution_time": 60,
    "backend.braket.bucket": "amazon-braket-results",
    "backend.dwave.annealing_time": 20.0,
    "backend.dwave.chain_strength": 2.0,
    "backend.azure.workspace": "/subscriptions/...",
    "budget.run": "50.00",
    "budget.day": "200.00",
    "budget.month": "1000.00",
    "budget.project": "5000.00",
    "ledger.url": "postgresql://host/qml",
    "checkpoint.minutes": 5.0,
    "tracking.experiment": "digits",
}


def example() -> str:
    """Return the text of qml.toml.example; a test compares it with the file in the repository."""
    return _HEAD + "\n".join(_table(Config, ""))


def _table(model: type[BaseModel], prefix: str) -> Iterator[str]:
    tables: list[tuple[str, type[BaseModel]]] = []
    for name, field in model.model_fields.items():
        key = f"{prefix}{name}"
        annotation = field.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            tables.append((key, annotation))
            continue
        default = field.get_default(call_default_factory=True)
        yield from textwrap.wrap(f"# {field.description}", 98, subsequent_indent="# ")
        yield _line(name, key, default)
    for key, inner in tables:
        yield f"\n[{key}]"
        yield from _table(inner, f"{key}.")
    if not prefix:
        yield ""


def _line(name: str, key: str, default: Any) -> str:
    if default is None:
        return f"# {name} = {_value(_SAMPLES[key])}"
    return f"{name} = {_value(default)}"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    if value == {}:
        return "{}"
    return tomli_w.dumps({"v": value}).removeprefix("v = ").strip()
