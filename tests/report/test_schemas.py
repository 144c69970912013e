"""The schemas are valid, and the documents keep to them."""

import jsonschema
import pytest

from qml.errors import ConfigError, UsageError
from qml.report import schemas
from qml.report.documents import error_document
from qml.results.outcome import BaselineOutcome, Comparison, Cost, ModelFacts, TrainOutcome

_NAMES = [
    *(
        "backends",
        "bench-against",
        "bench-plan",
        "bench",
        "budget",
        "ci-init",
        "ci-report",
        "compress-circuit",
        "compress-verify",
        "compress",
        "config",
    ),
    *("costs-export", "costs", "diff", "doctor", "error"),
    *("export", "init", "job", "jobs"),
    *("measure", "plan", "predict", "reconcile", "replay", "report", "restore", "rival"),
    *("run", "runs"),
    *("sample-ising", "sample-llm", "sample-model", "sample-qubo"),
    "screen",
    *("status", "studies", "sync", "test", "train-generative", "train", "trial", "tune"),
]


def test_names_are_those_of_the_documents():
    assert schemas.names() == [f"qml.{name}/1" for name in _NAMES]


@pytest.mark.parametrize("name", schemas.names())
def test_each_schema_is_valid_and_described(name):
    schema = schemas.load(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["schema"]["const"] == name
    assert schema["additionalProperties"] is False
    for key, value in schema["properties"].items():
        assert value.get("description"), key


def test_unknown_schema_is_an_error_that_lists_the_known():
    with pytest.raises(UsageError, match=r"no schema `qml\.train/9`") as found:
        schemas.load("qml.train/9")
    assert "qml.train/1" in found.value.hint


def test_train_outcome_of_the_library_keeps_to_its_schema(check):
    outcome = TrainOutcome(
        run_id="r",
        name=None,
        run_dir="runs/r",
        backend="jax",
        model=ModelFacts(kind="kernel", qubits=4, layers=1, parameters=0),
        metrics={
            "test_accuracy": 0.9,
            "test_accuracy_ci": (0.8, 0.95),
            "train_accuracy": 1.0,
            "loss": None,
            "train_seconds": 0.5,
            "compile_seconds": 0.0,
            "circuits_per_second": 100.0,
            "support_vectors": 12,
        },
        baselines=(
            BaselineOutcome(name="rbf_svc", skipped="more than 5,000 rows"),
            BaselineOutcome(
                name="mlp",
                parameters=10,
                metrics={"test_accuracy": 0.8, "test_accuracy_ci": (0.7, 0.9)},
                comparison=Comparison(difference=0.1, p_value=0.2, p_adjusted=0.4),
            ),
        ),
        verdict="No difference is shown.",
        cost=Cost(),
    )
    check(outcome.document())


def test_sample_documents_keep_to_their_schemas(train_document, run_document, check):
    check(train_document)
    check(run_document)
    run_document["outcome"] = None
    check(run_document)


@pytest.mark.parametrize("key", ["run_id", "metrics", "cost", "verdict"])
def test_a_missing_key_is_found(train_document, key, check):
    del train_document[key]
    with pytest.raises(jsonschema.ValidationError):
        check(train_document)


def test_money_is_a_decimal_string(train_document, check):
    train_document["cost"]["billed"] = 0.0
    with pytest.raises(jsonschema.ValidationError):
        check(train_document)


def test_error_document(check):
    document = error_document(ConfigError("bad", hint="mend it", details=" |"))
    check(document)
    assert document["exit_code"] == 2
    assert document["error"]["type"] == "ConfigError"


def test_small_documents(check):
    difference = {"cause": "config", "path": "train.seed", "left": 0, "right": 1}
    check({"schema": "qml.diff/1", "left": "a", "right": "b", "differences": [difference]})
    check(
        {
            "schema": "qml.replay/1",
            "run_id": "a",
            "replay_run_id": "b",
            "verdict": "drifted",
            "test": "exact McNemar",
            "confidence": 0.95,
            "p_value": 0.01,
            "first_difference": "metrics.loss: 0.41 became 0.43",
            "warnings": [],
        }
    )
    check({"schema": "qml.sync/1", "runs": {"a": None, "b": "the tracker does not answer"}})
    check({"schema": "qml.restore/1", "run_id": "a", "folder": "x", "files": ["qml.toml"]})
    check({"schema": "qml.export/1", "run_id": "a", "format": "ro-crate", "folder": "x"})
    check({"schema": "qml.report/1", "run_id": "a", "path": "report.html"})
