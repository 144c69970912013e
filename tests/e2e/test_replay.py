"""The three answers of a replay."""

import json

import jsonschema
import numpy as np
from support import points

from qml.report.schemas import load as schema

MODEL = """
import pennylane as qp

SHIFT = {shift}


def circuit(inputs, weights):
    for wire in range(2):
        qp.RY(inputs[wire] + SHIFT, wires=wire)
        qp.RZ(weights[wire], wires=wire)
        qp.RY(weights[2 + wire], wires=wire)
    return qp.expval(qp.Z(0) + qp.Z(1))
"""


def custom(project, shift: float) -> None:
    (project.root / "model.py").write_text(MODEL.format(shift=shift))


def test_identical(project):
    project.train("--name", "first")
    document = project.qml("replay", "first", "--json").document
    jsonschema.validate(document, schema("qml.replay/1"))
    assert document["verdict"] == "identical"
    assert document["warnings"] == []
    shown = project.qml("runs", "show", document["replay_run_id"], "--json").document
    assert shown["manifest"]["parent"] == document["run_id"]


def test_identical_with_shots_since_sampling_is_seeded(project):
    project.train("--name", "first", "--set", "backend.shots=50", "--set", "train.steps=3")
    assert project.qml("replay", "first", "--json").document["verdict"] == "identical"


def test_statistically_equal_and_drifted_with_a_custom_circuit(project):
    options = (
        "--set",
        "model.kind=custom",
        "--set",
        "model.entry=model:circuit",
        "--set",
        "model.weights=[4]",
        "--set",
        "train.epochs=10",
    )
    (project.root / "points.csv").write_text(points(rows=400))
    custom(project, 0.0)
    document = project.train("--name", "first", *options)
    assert document["model"]["kind"] == "custom"
    assert document["metrics"]["test_accuracy"] > 0.85

    custom(project, 1e-4)
    replayed = project.qml("replay", "first", "--json")
    assert replayed.document["verdict"] == "statistically equal"
    assert replayed.document["confidence"] == 0.99
    assert "step 1" in replayed.document["first_difference"]
    assert "code" in replayed.err

    rng = np.random.default_rng(0)
    header, *rows = (project.root / "points.csv").read_text().splitlines()
    labels = rng.permutation([row.rpartition(",")[2] for row in rows])
    mixed = [f"{row.rpartition(',')[0]},{label}" for row, label in zip(rows, labels, strict=True)]
    (project.root / "points.csv").write_text("\n".join([header, *mixed]) + "\n")
    drifted = project.qml("replay", "first", "--json", code=1)
    assert drifted.document["verdict"] == "drifted"
    assert any(w.startswith("data") for w in drifted.document["warnings"])
    assert json.dumps(drifted.document["first_difference"])
