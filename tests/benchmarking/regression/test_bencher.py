"""Bencher's metric format, by its published schema."""

import jsonschema
import numpy as np

from qml.benchmarking.regression.bencher import bmf
from qml.benchmarking.result import CellResult
from tests.benchmarking.documents import bench_document
from tests.benchmarking.worlds import classifiers

# https://bencher.dev/docs/reference/bencher-metric-format
METRIC = {
    "type": "object",
    "properties": {k: {"type": "number"} for k in ("value", "lower_value", "upper_value")},
    "required": ["value"],
    "additionalProperties": False,
}
BENCHMARK = {
    "type": "object",
    "patternProperties": {"^[a-z0-9-]{1,64}$": METRIC},
    "additionalProperties": False,
}
BMF = {
    "type": "object",
    "patternProperties": {"^.{1,1024}$": BENCHMARK},
    "additionalProperties": False,
}


def test_numbers_keep_to_the_format():
    columns = {"iqp": ("quantum", 0.8), "svc": ("classical", 0.8)}
    results = classifiers(np.random.default_rng(0), columns, sets=2, seeds=3)
    found = bmf(bench_document(results))
    jsonschema.validate(found, BMF)
    assert list(found) == [f"demo: {m} / {d} on jax" for d in ("d0", "d1") for m in columns]
    accuracy = found["demo: iqp / d0 on jax"]["test-accuracy"]
    assert accuracy["lower_value"] <= accuracy["value"] <= accuracy["upper_value"]
    assert found["demo: iqp / d0 on jax"]["two-qubit-gates"] == {"value": 64.0}


def test_cells_without_numbers_are_left_out():
    results = classifiers(np.random.default_rng(0), {"iqp": ("quantum", 0.8)})
    failed = [CellResult(cell=r.cell, state="failed", why="x") for r in results]
    assert bmf(bench_document(failed)) == {}
