"""Generative models from the command line: trained, interrupted, sampled here and at a vendor's."""

import csv
import json
import signal
from decimal import Decimal

import jsonschema
import numpy as np
import pytest

from qml.emulators.ionq import serve
from qml.report import schemas

TOML = """
[project]
name = "strings"

[data]
path = "rows.csv"

[model]
kind = "iqp"

[train]
epochs = 40
batch_size = 1000
learning_rate = 0.05

[baselines]
names = ["bitflip"]

[tracking]
name = "none"
"""


@pytest.fixture
def strings(project):
    random = np.random.default_rng(0)
    centres = np.array([[0, 0, 1, 1], [1, 1, 1, 0]])
    rows = centres[random.integers(0, 2, 300)] ^ (random.random((300, 4)) < 0.1)
    lines = [",".join(map(str, row)) for row in rows.astype(int).tolist()]
    (project.root / "rows.csv").write_text("\n".join(["a,b,c,d", *lines, ""]))
    (project.root / "qml.toml").write_text(TOML)
    return project


def test_trained_beside_its_rival_replayed_and_sampled(strings):
    document = strings.train()
    jsonschema.validate(document, schemas.load("qml.train-generative/1"))
    assert document["model"] == {"kind": "iqp", "qubits": 4, "layers": 1, "parameters": 10}
    assert document["target"]["kind"] == "empirical"
    (rival,) = document["baselines"]
    assert rival["name"] == "bitflip"
    assert "bitflip" in document["verdict"]
    metrics = document["metrics"]
    assert metrics["mmd2_ci"][0] <= metrics["mmd2"] <= metrics["mmd2_ci"][1]
    assert 0 <= metrics["tvd"] <= 1
    run = document["run_id"]
    assert strings.qml("replay", run, "--json").document["verdict"] == "identical"
    folder = strings.root / "runs" / run
    page = (folder / "report.html").read_text()
    for title in ("Beside its rivals", "Likeliest strings", "Covariances of pairs", "Learning"):
        assert title in page

    output = strings.root / "new.npz"
    sampled = strings.qml("sample", "model", run, "-n", "200", "-o", str(output), "--json").document
    jsonschema.validate(sampled, schemas.load("qml.sample-model/1"))
    assert sampled["backend"] == "local"
    assert [r["name"] for r in sampled["rivals"]] == ["bitflip"]
    with (strings.root / "runs" / sampled["run_id"] / sampled["file"]).open() as stream:
        written = list(csv.reader(stream))
    assert written[0] == ["a", "b", "c", "d"]
    with np.load(output) as archive:
        assert archive["features"].tolist() == [[int(b) for b in row] for row in written[1:]]
    assert len(written) == 201
    output.unlink()
    replayed = strings.qml("replay", sampled["run_id"], "--json").document
    assert replayed["verdict"] == "identical"
    assert not output.exists(), "a replay writes nothing outside its run"
    for command in (("runs", "show", run), ("runs", "show", sampled["run_id"])):
        assert "MMD" in strings.qml(*command).out


@pytest.mark.long
def test_other_simulators_run_the_circuit(strings):
    run = strings.train("--no-baseline")["run_id"]
    found = strings.qml(
        "sample", "model", run, "-n", "3000", "-b", "default.qubit", "--json"
    ).document
    assert found["backend"] == "default.qubit"
    here = strings.qml("sample", "model", run, "-n", "3000", "--json").document
    low, high = found["metrics"]["mmd2_ci"]
    assert low < here["metrics"]["mmd2"] < high
    assert "no rival was trained" in found["verdict"]


def test_a_vendors_machine_is_priced_asked_and_paid_once(strings):
    run = strings.train("--no-baseline")["run_id"]
    wanted = ("sample", "model", run, "-n", "100", "-b", "ionq.forte-1")
    with serve(seed=1) as emulator:
        strings.environ |= {"IONQ_API_URL": emulator.url, "IONQ_API_KEY": "a-key"}
        plan = strings.qml(*wanted, "--dry-run", "--json").document
        price = plan["cost"]["expected"]
        assert Decimal(price) > 0
        assert plan["circuits"] == 1
        strings.qml(*wanted, code=2)
        assert emulator.summary()["posts"] == 0
        document = strings.qml(*wanted, "--max-cost", "100", "--json").document
        assert document["cost"]["billed"] == price
        assert document["backend"] == "ionq.forte-1"
        again = strings.qml("replay", document["run_id"], "--json").document
        assert again["verdict"] == "identical"
        assert emulator.summary()["jobs"] == 1


def test_training_plays_no_money_whatever_the_backend(strings):
    plan = strings.qml("train", "--dry-run", "--json", "-b", "ionq.forte-1").document
    assert plan["cost"]["high"] == "0.00"
    assert "`ionq.forte-1` plays no part" in plan["warnings"][0]
    document = strings.train("-b", "ionq.forte-1", "--no-baseline")
    assert document["backend"] == "jax"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("sample", "model"), "no run is named"),
        (("sample", "model", "nothing"), "no run `nothing`"),
        (("train", "--set", "baselines.names=['mlp']"), "`mlp` is no generative model"),
        (("train", "--set", "train.patience=3"), "train.patience watches a validation loss"),
        (("train", "--set", "model.qubits=9"), "the rows have 4 bits"),
        (("train", "--set", "model.generator.sigmas=[0.0]"), "sigmas"),
    ],
)
def test_bad_input_is_refused(strings, command, words):
    assert words in strings.qml(*command, code=2).err


def test_a_classifier_cannot_be_sampled_nor_a_generator_predict(strings):
    run = strings.train("--no-baseline")["run_id"]
    error = strings.qml("predict", run, "rows.csv", code=2).err
    assert "qml sample model" in error
    error = strings.qml("sample", "model", run, "-o", "rows.txt", code=2).err
    assert "end it in .csv or .npz" in error


@pytest.mark.long
@pytest.mark.parametrize("kind", ["iqp", "rbm"])
def test_interrupted_and_killed_it_ends_as_if_it_never_was(strings, kind):
    long = ("--set", "train.epochs=1000", "--set", f"model.kind={kind}", "--no-baseline")
    wanted = strings.train(*long)
    for number in (signal.SIGINT, signal.SIGKILL):
        process = strings.start("train", "--json", *long)
        strings.stop_when(
            process, lambda run: any((run / "checkpoints").glob("*.safetensors")), number
        )
        run = strings.runs[-1]
        found = strings.qml("runs", "resume", run.name, "--json").document
        timing = {"train_seconds", "compile_seconds"}
        assert {k: v for k, v in found["metrics"].items() if k not in timing} == {
            k: v for k, v in wanted["metrics"].items() if k not in timing
        }
        lines = (run / "metrics.jsonl").read_text().splitlines()
        assert [json.loads(line)["step"] for line in lines] == list(range(1, 1001))
