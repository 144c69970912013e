"""A baseline is a run or a file; the gate is a document."""

import json

import numpy as np
import pytest

from qml.benchmarking.regression.thresholds import thresholds
from qml.errors import RunError, UsageError
from qml.tasks.bench.against import against_document, read_bench, write_comment, write_metrics
from tests.benchmarking.documents import bench_document
from tests.benchmarking.worlds import classifiers

COLUMNS = {"iqp": ("quantum", 0.8), "svc": ("classical", 0.8)}


@pytest.fixture
def document():
    return bench_document(classifiers(np.random.default_rng(0), COLUMNS))


def test_baseline_is_a_file(tmp_path, document):
    path = tmp_path / "baseline.json"
    path.write_text(json.dumps(document))
    assert read_bench(tmp_path / "runs", str(path)) == document


@pytest.mark.parametrize(
    ("text", "words"),
    [("{", "cannot be read as JSON"), ("[]", "no JSON document"), ('{"schema": "x"}', "but `x`")],
)
def test_other_files_are_refused(tmp_path, text, words):
    path = tmp_path / "baseline.json"
    path.write_text(text)
    with pytest.raises(UsageError, match=words):
        read_bench(tmp_path, str(path))


def test_what_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no file"):
        read_bench(tmp_path, "missing.json")
    with pytest.raises(RunError):
        read_bench(tmp_path, "missing")


def test_run_is_a_baseline_and_passes_against_itself(project):
    first = project.run()
    found = read_bench(project.root / "runs", first["run_id"])
    again = against_document(found, project.run(), thresholds("5%"))
    assert again["passed"]
    assert again["verdict"].startswith(f"Passed against {first['run_id']}")


def test_files_for_others(tmp_path, document):
    write_metrics(tmp_path / "b.json", document)
    assert "demo: iqp / d0 on jax" in json.loads((tmp_path / "b.json").read_text())
    write_comment(tmp_path / "c.md", document, None)
    assert (tmp_path / "c.md").read_text().startswith("### qml bench: demo")


def test_verdict_says_what_could_not_have_failed(document):
    few = classifiers(np.random.default_rng(0), COLUMNS, rows=6)
    blind = against_document(bench_document(few), bench_document(few), thresholds("5%"))
    assert blind["verdict"] == (
        "Passed against 20261121-100312-a1b2c3, but 1 of 4 measures could not have failed:"
        " accuracy of iqp. No change shown. Speed not gated: the two have no times in common."
    )
    gone = {**document, "cells": [c for c in document["cells"] if c["model"] == "svc"]}
    found = against_document(document, gone, thresholds("5%"))
    assert not found["passed"]
    assert "columns of the baseline are gone: iqp on jax" in found["verdict"]
