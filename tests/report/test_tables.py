"""Tables say what the documents say, at any width."""

from decimal import Decimal

import pytest
from rich.cells import cell_len

from qml.planning.plan import Plan
from qml.planning.purchase import Purchase
from qml.report import tables
from qml.results.outcome import ModelFacts


def _outputs(rendered, renderable):
    return {width: rendered(renderable, width) for width in (60, 80, 110, 200)}


def test_train_table_holds_every_number(train_document, rendered):
    text = rendered(tables.train_table(train_document), 110)
    for needle in (
        "first  variational, 8 qubits, 4 layers on jax",
        "variational (quantum)",
        "94.7 %",
        "91.9 to 96.6",
        "97.2 %",
        "RBF-SVC",
        "worse (\N{MINUS SIGN}3.9, p < 0.001)",
        "better (+3.9, p = 0.006)",
        "not shown (+1.7, p = 0.24)",
        "The quantum model is significantly worse",
        "nothing (0.00 USD)",
        "runs/20261121-100312-a1b2c3",
        "qml replay first",
    ):
        assert needle in text


@pytest.mark.parametrize("width", [60, 80, 110])
def test_no_line_is_wider_than_the_terminal(train_document, run_document, rendered, width):
    for renderable in (tables.train_table(train_document), tables.run_table(run_document)):
        lines = rendered(renderable, width).splitlines()
        assert max(map(cell_len, lines)) <= width


def test_narrow_tables_put_the_comparisons_beneath(train_document, rendered):
    text = rendered(tables.train_table(train_document), 80)
    assert "quantum against it" not in text
    assert (
        "against RBF-SVC              \N{MINUS SIGN}3.9 points, significantly worse (p < 0.001)"
        in text
    )


def test_a_model_without_rivals_or_name(train_document, rendered):
    train_document |= {"baselines": [], "name": None, "verdict": "No baseline was trained."}
    text = rendered(tables.train_table(train_document), 80)
    assert "against" not in text
    assert "qml report 20261121-100312-a1b2c3" in text


def test_a_skipped_rival_says_why(train_document, rendered):
    train_document["baselines"][2] |= {
        "metrics": {},
        "comparison": None,
        "skipped": "60,000 rows are more than 5,000",
    }
    text = rendered(tables.train_table(train_document), 110)
    assert "RBF-SVC was not trained: 60,000 rows are more than 5,000" in text


def test_kernel_metrics_may_be_unknown(train_document, rendered):
    train_document["metrics"] |= {"loss": None, "circuits_per_second": None, "compile_seconds": 0}
    for key in ("epochs", "steps"):
        del train_document["metrics"][key]
    text = rendered(tables.train_table(train_document), 80)
    assert "work  2.4 s\n" in "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def test_run_table_tells_everything(run_document, rendered):
    text = rendered(tables.run_table(run_document), 120)
    for needle in (
        "finished",
        "2026-11-21 10:03 UTC, 6.9 s in all",
        "early stopping",
        "name digits, 1,293 train rows, 144 validation rows, 360 test rows, SHA-256 9f86d081884c",
        "commit d1fd32e8a4ce on main, with uncommitted changes",
        "0, 2 others derive from it",
        "8 qubits, depth 45: 32 cnot, 40 ry, 64 rz",
        "AMD EPYC 9R14, 2 of 2 cores, 23.5 GiB of memory, Linux 6.1, x86_64, CPython 3.11.2",
        "jax 0.10.2, numpy 2.4.6, optax 0.2.8 and 1 more",
        "artifacts/model.safetensors (1.9 KiB)",
        "qml runs restore",
    ):
        assert needle in text


def test_run_table_of_a_killed_run_says_how_to_resume(run_document, rendered):
    run_document |= {"status": "killed", "outcome": None}
    run_document["manifest"] |= {"duration": None, "stop_reason": "its process died", "data": {}}
    text = rendered(tables.run_table(run_document), 80)
    assert "qml runs resume 20261121-100312-a1b2c3" in text
    assert "its process died" in text
    assert "qml predict" not in text


def _listed(**changes):
    return {
        "run_id": "20261121-100312-a1b2c3",
        "name": "first",
        "status": "finished",
        "command": "train",
        "kind": "variational",
        "started": "2026-11-21T10:03:12.123Z",
        "seconds": 6.9,
        "backend": "jax",
        "model": "variational",
        "test_accuracy": 0.9472,
        "run_dir": "runs/x",
        **changes,
    }


def test_runs_table(rendered):
    dead = _listed(status="killed", name=None, seconds=None, test_accuracy=None, model=None)
    document = {"schema": "qml.runs/1", "runs": [_listed(), dead]}
    for text in _outputs(rendered, tables.runs_table(document)).values():
        assert text.count("20261121-100312-a1b2c3") == 2
        assert "killed" in text
        assert "94.7 %" in text
    assert "qml train" in rendered(tables.runs_table({"runs": []}))


def test_diff_table_groups_by_cause(rendered):
    document = {
        "left": "a",
        "right": "b",
        "differences": [
            {"cause": "config", "path": "train.seed", "left": 0, "right": 1},
            {"cause": "config", "path": "train.epochs", "left": 5, "right": None},
            {"cause": "packages", "path": "jax", "left": "0.10.1", "right": "0.10.2"},
        ],
    }
    text = rendered(tables.diff_table(document), 80)
    assert "first cause: config" in text
    assert text.count("config ") == 1
    assert "0.10.1" in text
    document["differences"][0] |= {"path": "model.py", "diff": "@@ -1 +1 @@\n-x = [1]\n+x = [2]\n"}
    text = rendered(tables.diff_table(document), 80)
    assert "\nmodel.py\n@@ -1 +1 @@\n-x = [1]\n+x = [2]\n" in text
    assert "agree in everything" in rendered(tables.diff_table(document | {"differences": []}))


@pytest.mark.parametrize("verdict", ["identical", "statistically equal", "drifted"])
def test_replay_table(rendered, verdict):
    document = {
        "run_id": "a",
        "replay_run_id": "b",
        "verdict": verdict,
        "test": "exact McNemar",
        "confidence": 0.95,
        "p_value": 0.4,
        "first_difference": "metrics.loss: 0.41 became 0.43",
        "warnings": ["jax is 0.10.2, it was 0.10.1"],
    }
    text = rendered(tables.replay_table(document), 80)
    assert text.startswith(verdict)
    assert "exact McNemar, p = 0.4, at 95 % confidence" in text
    assert "metrics.loss: 0.41 became 0.43" in text
    assert "warning: jax is 0.10.2" in text


def test_backends_table(rendered, check):
    able = {"qubits": 28, "exact": True, "samples": True, "noise": False, "paid": False}
    ready = {"available": True, "reason": None, "hint": None, "gradients": ["backprop"]}
    lacking = {
        "reason": "`qiskit_aer` is not installed",
        "hint": "pip install 'qml-workbench[aer]'",
    }
    document = {
        "schema": "qml.backends/1",
        "backends": [
            {"name": "jax", "chosen": True, **ready, **able},
            {"name": "aer", "chosen": False, "available": False, "gradients": [],
             **dict.fromkeys(able), **lacking},
        ],
    }  # fmt: skip
    check(document)
    text = rendered(tables.backends_table(document), 80)
    assert "jax (chosen)" in text
    assert "backprop" in text
    assert "aer: `qiskit_aer` is not installed (pip install 'qml-workbench[aer]')" in text


def test_doctor_table(rendered):
    document = {
        "version": "0.1.0",
        "python": "3.11.2",
        "platform": "Linux x86_64",
        "ok": False,
        "checks": [
            {"group": "backends", "name": "jax", "status": "ok", "detail": "0.10", "hint": None},
            {"group": "backends", "name": "aer", "status": "missing", "detail": "not installed",
             "hint": "pip install 'qml-workbench[aer]'"},
            {"group": "project", "name": "qml.toml", "status": "failed", "detail": "line 3",
             "hint": None},
        ],
    }  # fmt: skip
    text = rendered(tables.doctor_table(document), 100)
    assert "1 of 3 checks want attention" in text
    assert "not installed (pip install 'qml-workbench[aer]')" in text


def test_config_table(rendered):
    document = {
        "entries": [
            {"key": "train.epochs", "value": 5, "origin": "qml.toml:14"},
            {"key": "data.name", "value": "digits", "origin": "QML_DATA__NAME"},
            {"key": "data.classes", "value": None, "origin": "default"},
            {"key": "baselines.names", "value": ["mlp"], "origin": "--set"},
        ]
    }
    text = rendered(tables.config_table(document), 80)
    for needle in ("train.epochs", "qml.toml:14", '"digits"', '["mlp"]', "--set", "default"):
        assert needle in text


def test_plan_table(rendered, check):
    model = ModelFacts(kind="variational", qubits=8, layers=4, parameters=178)
    plan = Plan(
        backend="jax",
        chosen=None,
        model=model,
        gradient="backprop",
        rows={"train": 1293, "validation": 144, "test": 360},
        steps=1350,
        epochs=30,
        circuits=43110,
        shots=0,
        bytes=2**20,
        purchases=(
            Purchase(name="jax", circuits=43110, shots=0, one_qubit=1_000, two_qubit=500),
            Purchase(
                name="ionq.forte-1",
                circuits=96,
                shots=96_000,
                one_qubit=960,
                two_qubit=192,
                jobs=1,
                low=Decimal("25.79"),
                expected=Decimal("2475.84"),
                high=Decimal("2475.84"),
                minimum_applies=True,
                notes=("each step: 96 circuits x 25.79 USD job minimum = 2475.84 USD",),
                queue=12_000.0,
            ),
        ),
        advice=("a tip",),
        warnings=("float32",),
    )
    document = plan.document()
    check(document)
    text = rendered(tables.plan_table(document), 80)
    for needle in ("1,350 in 30 epochs", "43,110", "none, exact", "1.0 MiB", "cost        nothing"):
        assert needle in text
    assert "1,293 train, 144 validation, 360 test" in text
    assert "warning: float32" in text
    document["cost"] |= {"expected": "2.50", "high": "3.20"}
    assert "about 2.50 USD (0.00 to 3.20)" in rendered(tables.plan_table(document), 80)
    wide = rendered(tables.plan_table(document), 120)
    for needle in (
        "ionq.forte-1        96     1  96,000",
        "3 h 20 min",
        "2,475.84 USD",
        "25.79 to 2,475.84",
        "ionq.forte-1: each step: 96 circuits x 25.79 USD job minimum",
        "cheaper: a tip",
    ):
        assert needle in wide


def test_predict_table(rendered):
    document = {"run_id": "r", "rows": 1, "output": "p.csv", "columns": ["label"], "accuracy": 0.5}
    document |= {"accuracy_ci": [0.1, 0.9], "input": "1 of 9 test rows"}
    text = rendered(tables.predict_table(document), 80)
    assert "1 row in p.csv" in text
    assert "50.0 % (10.0 % to 90.0 %) on 1 of 9 test rows" in text
