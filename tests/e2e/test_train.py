import csv
import json
from pathlib import Path

import jsonschema
import pytest
from referencing import Registry, Resource

from qml.report.schemas import load as schema
from qml.report.schemas import names


def check(document: dict) -> None:
    resources = [(s["$id"], Resource.from_contents(s)) for s in map(schema, names())]
    registry = Registry().with_resources(resources)
    found = schema(document["schema"])
    jsonschema.Draft202012Validator(found, registry=registry).validate(document)


def test_a_training_leaves_a_whole_record(project):
    document = project.train("--name", "first", "--set", "baselines.enabled=true")
    check(document)
    assert document["metrics"]["test_accuracy"] > 0.6
    low, high = document["metrics"]["test_accuracy_ci"]
    assert 0 <= low <= document["metrics"]["test_accuracy"] <= high <= 1
    assert [b["name"] for b in document["baselines"]] == ["logistic_regression", "mlp", "rbf_svc"]
    assert document["cost"] == {"estimated": "0.00", "billed": "0.00", "currency": "USD"}
    run = Path(document["run_dir"])
    names = {p.name for p in run.iterdir()}
    assert {
        "manifest.json",
        "config.toml",
        "metrics.jsonl",
        "costs.csv",
        "artifacts",
        "report.html",
    } <= names
    manifest = json.loads((run / "manifest.json").read_text())
    assert manifest["status"] == "finished"
    assert manifest["metrics"] == document["metrics"]
    assert manifest["seeds"]["root"] == 0
    assert {"init", "batches", "split"} <= set(manifest["seeds"]["derived"])
    assert manifest["circuits"]["digests"]["model"]
    assert manifest["data"]["digests"]["train"] != manifest["data"]["digests"]["test"]
    assert manifest["backend"]["name"] == "jax"
    steps = [json.loads(line)["step"] for line in (run / "metrics.jsonl").read_text().splitlines()]
    assert steps == list(range(1, document["metrics"]["steps"] + 1))
    with (run / "costs.csv").open() as stream:
        assert [row["BilledCost"] for row in csv.DictReader(stream)] in (["0"], ["0.00"])


def test_the_same_document_from_resume_of_a_finished_run_by_name_and_prefix(project):
    document = project.train("--name", "first")
    for query in ("first", document["run_id"], document["run_id"][:-2]):
        assert project.qml("runs", "resume", query, "--json").document == document


def test_runs_commands(project):
    first = project.train("--name", "first")
    project.train("--name", "second", "--set", "train.epochs=2")
    listed = project.qml("runs", "list", "--json").document
    check(listed)
    assert [r["name"] for r in listed["runs"]] == ["second", "first"]
    shown = project.qml("runs", "show", "first", "--json").document
    check(shown)
    assert shown["outcome"] == first
    different = project.qml("runs", "diff", "first", "second", "--json").document
    check(different)
    assert different["differences"][0]["path"] == "train.epochs"
    assert "train.epochs" in project.qml("runs", "diff", "first", "second").out
    assert "first" in project.qml("runs", "show", "first").out
    assert "finished" in project.qml("runs", "list").out
    error = project.qml("runs", "show", "frist", code=2).err
    assert "first" in error


def test_restore_lays_out_what_ran(project):
    (project.root / "model.py").write_text("# mine\n")
    project.train("--name", "first")
    project.qml("runs", "restore", "first", "again")
    again = project.root / "again"
    assert (again / "model.py").read_text() == "# mine\n"
    assert "jax==" in (again / "requirements.txt").read_text()
    assert "epochs = 4" in (again / "qml.toml").read_text()
    assert "not empty" in project.qml("runs", "restore", "first", "again", code=2).err


def test_precedence_on_the_command_line(project):
    document = project.qml(
        "train", "--dry-run", "--json", "--set", "train.steps=3", QML_TRAIN__STEPS="9"
    ).document
    check(document)
    assert document["steps"] == 3
    assert project.qml("train", "--dry-run", "--json", QML_TRAIN__STEPS="9").document["steps"] == 9
    assert not (project.root / "runs").exists()
    origins = project.qml("config", "--show-origin", "--json", QML_TRAIN__STEPS="9").document
    check(origins)
    found = {e["key"]: e["origin"] for e in origins["entries"]}
    assert found["train.steps"] == "QML_TRAIN__STEPS"
    assert found["model.qubits"] == "qml.toml:10"
    assert found["train.seed"] == "default"


def test_predict_and_report(project):
    project.train("--name", "first", "--set", "train.epochs=40")
    rows = project.root / "new.csv"
    rows.write_text("b,a\n0.9,0.9\n-0.9,-0.9\n")
    for suffix in ("csv", "parquet", "jsonl"):
        output = project.root / f"out.{suffix}"
        document = project.qml("predict", "first", "new.csv", "-o", str(output), "--json").document
        check(document)
        assert document["rows"] == 2
    with (project.root / "out.csv").open() as stream:
        found = list(csv.DictReader(stream))
    assert [r["prediction"] for r in found] == ["up", "down"]
    assert float(found[0]["p_up"]) + float(found[0]["p_down"]) == pytest.approx(1, abs=1e-6)
    error = project.qml("predict", "first", "points.csv", "-o", "x.txt", code=2)
    assert "cannot tell the format" in error.err
    (project.root / "bad.csv").write_text("a\n1\n")
    assert "`b`" in project.qml("predict", "first", "bad.csv", code=2).err
    path = project.qml("report", "first", "-o", "r.html").out.strip()
    text = (project.root / path).read_text()
    assert "<svg" in text
    assert "tiny" in text


def test_the_test_rows_are_answered_as_the_training_answered_them(project):
    trained = project.qml("train", "--json", "--name", "first").document
    count = str(trained["metrics"]["test_rows"])
    found = project.qml("predict", "first", "--test-rows", count, "--json").document
    check(found)
    assert found["accuracy"] == trained["metrics"]["test_accuracy"]
    few = project.qml("predict", "first", "--test-rows", "3", "-o", "few.csv", "--json").document
    assert few["rows"] == 3
    assert "not both" in project.qml("predict", "first", code=2).err
    project.root.joinpath("points.csv").write_text("a,b,label\n" + "1,2,up\n3,1,down\n" * 30)
    assert "not those" in project.qml("predict", "first", "--test-rows", "3", code=2).err


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        (["data.path=none.csv"], "none.csv"),
        (["data.target=labl"], "label"),
        (["model.kind=variatonal"], "variational"),
        (["model.qubits=1"], "do not fit"),
        (["backend.name=nowhere"], "unknown backend"),
        (["backend.noise.depolarizing=0.1"], "noise"),
        (["train.gradient=adjoint"], "adjoint"),
        (["train.optimizer=lbfgs", "train.gradient=spsa"], "exact gradients"),
        (["model.kind=custom"], "model.entry"),
        (["model.ansatz=rng"], "ring"),
        (["baselines.names=['none']", "baselines.enabled=true"], "unknown baseline"),
    ],
)
def test_what_cannot_work_is_told_before_training(project, pairs, message):
    options = [part for pair in pairs for part in ("--set", pair)]
    failed = project.qml("train", "--json", *options, code=2)
    check(failed.document)
    assert failed.document["exit_code"] == 2
    assert message in failed.err
    assert "Traceback" not in failed.err


def test_no_project_and_no_data(project, tmp_path_factory):
    project.root = tmp_path_factory.mktemp("empty")
    assert "qml init" in project.qml("train", code=2).err
    assert project.qml("runs", "list", "--json").document["runs"] == []


def test_data_by_flag_without_a_project(project, tmp_path_factory):
    data = project.root / "points.csv"
    project.root = tmp_path_factory.mktemp("empty")
    document = project.train(
        "--data",
        str(data),
        "--set",
        "data.target=label",
        "--no-baseline",
        "--set",
        "train.epochs=1",
        "--set",
        "tracking.name=none",
    )
    assert document["model"]["qubits"] == 2
    assert document["baselines"] == []


def test_nothing_heavy_is_imported_where_it_is_not_needed(project):
    code = (
        "import sys; sys.argv = ['qml', *sys.argv[1:]]\n"
        "from qml.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print('LOADED', *sorted(m for m in sys.modules if '.' not in m))"
    )
    import subprocess
    import sys

    def loaded(*args: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", code, *args],
            cwd=project.root,
            env=project.environ,
            capture_output=True,
            text=True,
            check=True,
            timeout=240,
        )
        line = next(x for x in done.stdout.splitlines() if x.startswith("LOADED"))
        return set(line.split()[1:])

    sdks = {
        "jax",
        "pennylane",
        "qiskit",
        "cirq",
        "qsimcirq",
        "mlflow",
        "sklearn",
        "scipy",
        "pandas",
        "numpy",
        "optax",
        "copier",
        "matplotlib",
        "torch",
    }
    assert not loaded("--version") & (sdks | {"typer", "pydantic", "rich"})
    assert not loaded("--help") & sdks
    assert not loaded("train", "--help") & sdks
    assert not loaded("train", "--set", "train.epoch=1") & sdks
    assert not loaded("runs", "list") & sdks
    training = loaded("train", "--quiet")
    assert "jax" in training
    assert not training & {
        "pennylane",
        "qiskit",
        "cirq",
        "qsimcirq",
        "mlflow",
        "torch",
        "matplotlib",
    }


def test_a_read_only_home_and_no_git(project):
    home = project.root / "home"
    home.mkdir()
    home.chmod(0o500)
    environ = {
        "HOME": str(home),
        "PATH": "/nowhere",
    }
    document = project.qml("train", "--json", "--set", "train.epochs=1", **environ).document
    manifest = json.loads((Path(document["run_dir"]) / "manifest.json").read_text())
    assert manifest["code"]["commit"] is None
    home.chmod(0o700)


def test_doctor_and_backends(project):
    document = project.qml("doctor", "--json", IONQ_API_KEY="very-secret-value").document
    check(document)
    assert "very-secret-value" not in json.dumps(document)
    assert document["ok"]
    backends = project.qml("backends", "--json").document
    check(backends)
    assert {"jax", "lightning", "default.qubit", "qsim", "aer"} <= {
        b["name"] for b in backends["backends"]
    }
    assert "jax" in project.qml("backends").out
