"""Documents as the tasks make them."""

import copy
import io
import json
import math

import jsonschema
import pytest
from referencing import Registry, Resource
from rich.console import Console

from qml.report import schemas
from qml.report.documents import dumps

TRAIN = {
    "schema": "qml.train/1",
    "run_id": "20261121-100312-a1b2c3",
    "name": "first",
    "run_dir": "runs/20261121-100312-a1b2c3",
    "backend": "jax",
    "model": {"kind": "variational", "qubits": 8, "layers": 4, "parameters": 178},
    "metrics": {
        "test_accuracy": 0.9472,
        "test_accuracy_ci": [0.9191, 0.9659],
        "train_accuracy": 0.9715,
        "loss": 0.1834,
        "train_seconds": 2.41,
        "compile_seconds": 1.12,
        "circuits_per_second": 17884.6,
        "steps": 1350,
        "epochs": 30.0,
        "train_rows": 1293,
        "validation_rows": 144,
        "test_rows": 360,
    },
    "baselines": [
        {
            "name": "logistic_regression",
            "parameters": 90,
            "metrics": {
                "test_accuracy": 0.9306,
                "test_accuracy_ci": [0.8995, 0.9525],
                "train_accuracy": 0.9441,
                "train_seconds": 0.031,
            },
            "settings": {"C": 1.0},
            "comparison": {"difference": 0.0166, "p_value": 0.238, "p_adjusted": 0.238},
            "skipped": None,
        },
        {
            "name": "mlp",
            "parameters": 181,
            "metrics": {
                "test_accuracy": 0.9083,
                "test_accuracy_ci": [0.8741, 0.9339],
                "train_accuracy": 0.952,
                "train_seconds": 0.8,
            },
            "settings": {"hidden": 9},
            "comparison": {"difference": 0.0389, "p_value": 0.003, "p_adjusted": 0.006},
            "skipped": None,
        },
        {
            "name": "rbf_svc",
            "parameters": 512,
            "metrics": {
                "test_accuracy": 0.9861,
                "test_accuracy_ci": [0.9678, 0.9941],
                "train_accuracy": 1.0,
                "train_seconds": 1.2,
            },
            "settings": {"C": 10, "gamma": 0.01},
            "comparison": {"difference": -0.0389, "p_value": 0.0001, "p_adjusted": 0.0003},
            "skipped": None,
        },
    ],
    "verdict": "The quantum model is significantly worse than the best baseline, RBF-SVC: "
    "94.7 % against 98.6 % of 360 test rows (p < 0.001).",
    "cost": {"estimated": "0.00", "billed": "0.00", "currency": "USD"},
}

MANIFEST = {
    "schema": "qml.manifest/1",
    "run_id": TRAIN["run_id"],
    "uuid": "a1b2c3d4-0000-4000-8000-000000000000",
    "name": "first",
    "parent": None,
    "command": "train",
    "status": "finished",
    "stop_reason": "early_stopping",
    "error": None,
    "start": "2026-11-21T10:03:12.123Z",
    "end": "2026-11-21T10:03:19.001Z",
    "duration": 6.878,
    "sessions": [
        {
            "pid": 41,
            "host": "anvil",
            "start": "2026-11-21T10:03:12.123Z",
            "end": "2026-11-21T10:03:19.001Z",
        }
    ],
    "config": {
        "project": {"name": "demo", "runs": "runs"},
        "data": {"name": "digits", "features": 8},
        "model": {"kind": "variational", "qubits": 8, "layers": 4},
        "train": {"epochs": 30, "batch_size": 32, "seed": 0},
        "backend": {"name": "jax", "shots": 0},
    },
    "data": {
        "source": {"kind": "name", "name": "digits", "files": {"digits.csv.gz": "09f6" * 16}},
        "digests": {"data": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
    },
    "code": {
        "commit": "d1fd32e8a4ce8c0b6f3d7ab90bd5e4b22d0a6a11",
        "branch": "main",
        "dirty": True,
        "note": None,
    },
    "packages": {"jax": "0.10.2", "numpy": "2.4.6", "optax": "0.2.8", "rich": "15.0.0"},
    "environment": {
        "python": "3.11.2",
        "implementation": "CPython",
        "os": "Linux 6.1",
        "machine": "x86_64",
        "cpu": "AMD EPYC 9R14",
        "cores": 2,
        "threads": 2,
        "memory_bytes": 25276510208,
        "accelerators": [{"platform": "cpu", "kind": "cpu", "id": 0}],
        "variables": {"LANG": "C.UTF-8"},
    },
    "seeds": {"root": 0, "derived": {"split": 1234567, "init": 7654321}},
    "circuits": {
        "digests": {"model": "ab" * 32},
        "resources": {
            "model": {
                "wires": 8,
                "one_qubit": 104,
                "two_qubit": 32,
                "wider": 0,
                "depth": 45,
                "by_name": {"cnot": 32, "ry": 40, "rz": 64},
            }
        },
    },
    "backend": {"name": "jax", "snapshot": {"precision": "float32"}},
    "model": TRAIN["model"],
    "metrics": TRAIN["metrics"],
    "baselines": TRAIN["baselines"],
    "verdict": TRAIN["verdict"],
    "artifacts": {
        "artifacts/model.safetensors": {"sha256": "cd" * 32, "bytes": 1912},
        "metrics.jsonl": {"sha256": "ef" * 32, "bytes": 98304},
    },
    "costs": TRAIN["cost"],
    "usage": {"submissions": 1350, "circuits": 43110, "shots": 0},
}


def _metrics(steps=1350, each=45):
    """A loss that falls with noise on it, and an epoch's accuracies at its last step."""
    rows = []
    for step in range(1, steps + 1):
        noise = 0.08 * math.sin(step * 12.9898) * math.cos(step * 78.233)
        row = {"step": step, "epoch": (step - 1) // each + 1}
        row["loss"] = 0.17 + 2.1 * math.exp(-step / 220) + noise
        if step % each == 0:
            row["accuracy"] = 0.97 - 0.85 * math.exp(-step / 200)
            row["validation_accuracy"] = 0.945 - 0.83 * math.exp(-step / 190)
            row["validation_loss"] = 0.24 + 2.0 * math.exp(-step / 210)
        rows.append(row)
    return rows


def _circuit(wires=8, layers=4):
    gates = [
        {"name": "ry", "wires": [w], "params": [f"x{w}"], "role": "input"} for w in range(wires)
    ]
    for layer in range(layers):
        for w in range(wires):
            for k, name in enumerate(("rz", "ry", "rz")):
                label = f"w{layer},{w},{k}"
                gates.append({"name": name, "wires": [w], "params": [label], "role": "weight"})
        gates += [
            {"name": "cnot", "wires": [w, (w + 1) % wires], "params": []} for w in range(wires)
        ]
    return {"wires": wires, "gates": gates}


def _confusion():
    names = [str(i) for i in range(10)]
    matrix = [[34 if i == j else 0 for j in range(10)] for i in range(10)]
    for truth, found, rows in ((8, 1, 4), (9, 8, 3), (3, 8, 2), (1, 8, 3), (5, 9, 2)):
        matrix[truth][found] = rows
        matrix[truth][truth] -= rows
    return {"classes": names, "matrix": matrix}


@pytest.fixture
def train_document():
    return copy.deepcopy(TRAIN)


@pytest.fixture
def run_document():
    return {
        "schema": "qml.run/1",
        "run_id": TRAIN["run_id"],
        "name": "first",
        "status": "finished",
        "run_dir": TRAIN["run_dir"],
        "seconds": 6.878,
        "resumable": False,
        "manifest": copy.deepcopy(MANIFEST),
        "outcome": copy.deepcopy(TRAIN),
    }


@pytest.fixture
def report_document(run_document):
    return run_document | {
        "metrics": _metrics(),
        "confusion": _confusion(),
        "circuit": _circuit(),
    }


@pytest.fixture
def rendered():
    def render(renderable, width=100):
        stream = io.StringIO()
        Console(file=stream, width=width, no_color=True).print(renderable)
        return stream.getvalue()

    return render


@pytest.fixture
def check():
    """Hold a document against its schema."""
    found = [schemas.load(name) for name in schemas.names()]
    registry = Registry().with_resources([(s["$id"], Resource.from_contents(s)) for s in found])

    def validate(document):
        schema = schemas.load(document["schema"])
        validator = jsonschema.Draft202012Validator(schema, registry=registry)
        validator.validate(json.loads(dumps(document)))

    return validate
