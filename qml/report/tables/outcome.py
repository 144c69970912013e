"""Whatever a run found out, as the table of its command."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from rich.console import RenderableType

HOMES = {
    "qml.bench/1": "qml.report.tables.bench:bench_table",
    "qml.compress/1": "qml.report.tables.compress:compress_table",
    "qml.compress-circuit/1": "qml.report.tables.compress_circuit:circuit_table",
    "qml.measure/1": "qml.report.tables.measure:measure_table",
    "qml.rival/1": "qml.report.tables.rival:rival_table",
    "qml.sample-ising/1": "qml.report.tables.sample.ising:ising_table",
    "qml.sample-llm/1": "qml.report.tables.sample.llm:llm_table",
    "qml.sample-model/1": "qml.report.tables.sample.model:model_table",
    "qml.sample-qubo/1": "qml.report.tables.sample.qubo:qubo_table",
    "qml.screen/1": "qml.report.tables.screen:screen_table",
    "qml.test/1": "qml.report.tables.test:test_table",
    "qml.train/1": "qml.report.tables.train:train_table",
    "qml.train-generative/1": "qml.report.tables.generative:generative_table",
    "qml.trial/1": "qml.report.tables.trial:trial_table",
    "qml.tune/1": "qml.report.tables.tune:tune_table",
}
"""Schema of a document, and the function that renders it."""


def outcome_table(document: Mapping[str, Any]) -> RenderableType:
    """Render the outcome of a run, by its schema."""
    module, _, function = HOMES[document["schema"]].partition(":")
    table: RenderableType = getattr(import_module(module), function)(document)
    return table
