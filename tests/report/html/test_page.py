"""The report: whole, self-contained, safe, and right."""

import json

import pytest

from qml.report.html import outcome_html, render
from qml.report.html.page import stylesheet
from qml.report.html.parts import glued
from tests.report.markup_checks import assert_fetches_nothing, read, text_of


def test_page_is_one_well_formed_file_that_fetches_nothing(report_document):
    page = render(report_document)
    assert page.startswith("<!doctype html>")
    assert_fetches_nothing(page)
    assert len(page) < 300_000


def test_page_holds_the_numbers(report_document):
    text = text_of(render(report_document))
    for needle in (
        "first",
        "finished",
        report_document["outcome"]["verdict"],
        "variational, 8 qubits, 4 layers on jax",
        "test accuracy 94.7 % 95 %: 91.9 to 96.6",
        "best rival, RBF-SVC 98.6 % 95 %: 96.8 to 99.4",
        "\N{MINUS SIGN}3.9 points significant, p < 0.001",
        "+1.7 points, not significant (p = 0.24)",
        "326 of 340 test rows are on the diagonal",
        "8 qubits, 136 gates for each sample.",
        "qml replay 20261121-100312-a1b2c3",
        "0.00 USD",
        "train.epochs 30",
        "SHA-256 9f86d081884c",
        "commit d1fd32e8a4ce on main",
        "test, at the end 94.7 %",
        "A training point is the mean of 14 steps",
    ):
        assert needle in text


def test_page_is_for_phones_paper_and_the_dark(report_document):
    page = render(report_document)
    assert 'name="viewport"' in page
    for rule in ("@media print", "prefers-color-scheme: dark", "@media (max-width: 620px)"):
        assert rule in page


def _poisoned(value):
    if isinstance(value, dict):
        return {key: _poisoned(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_poisoned(inner) for inner in value]
    return f"</style><script>alert('x')</script>\"{value}" if isinstance(value, str) else value


def test_every_text_is_escaped(report_document):
    keep = {
        ("manifest", "start"): report_document["manifest"]["start"],
        ("outcome", "cost"): report_document["outcome"]["cost"],
        ("outcome", "schema"): report_document["outcome"]["schema"],
    }
    clean = {"status": report_document["status"]}
    circuit = report_document["circuit"]
    document = _poisoned(report_document) | clean
    for (part, key), value in keep.items():
        document[part][key] = value
    for gate, known in zip(document["circuit"]["gates"], circuit["gates"], strict=True):
        gate["role"] = known.get("role", "fixed")
    page = render(document)
    assert "<script" not in page
    assert "alert(&#x27;x&#x27;)" in page
    assert_fetches_nothing(page)
    assert "<script" not in outcome_html(
        _poisoned(document["outcome"])
        | {"cost": keep["outcome", "cost"], "schema": keep["outcome", "schema"]}
    )


@pytest.mark.parametrize("key", ["metrics", "confusion", "circuit"])
def test_what_is_missing_is_left_out(report_document, key):
    titles = {"metrics": "Learning curves", "confusion": "Confusion matrix", "circuit": "Circuit"}
    assert f"<h2>{titles[key]}</h2>" in render(report_document)
    del report_document[key]
    page = render(report_document)
    assert_fetches_nothing(page)
    assert f"<h2>{titles[key]}</h2>" not in page


def test_metrics_without_validation(report_document):
    report_document["metrics"] = [{"step": i, "loss": 1 / i} for i in range(1, 9)]
    page = render(report_document)
    assert "validation 0" not in page
    assert "<b>Loss</b>" in page
    assert "<b>Accuracy</b>" not in page


def test_metrics_by_epoch_with_intervals_of_their_own(report_document):
    rows = [
        {"epoch": i, "validation_accuracy": 0.5 + i / 100, "validation_accuracy_ci": [0.4, 0.9]}
        for i in range(1, 9)
    ]
    report_document["metrics"] = [*rows, {"epoch": 9, "loss": None}]
    page = render(report_document)
    assert "Accuracy by epoch" in page
    assert 'class="band validation"' in page
    assert "Other shades are 95 % intervals." in page


def test_kernel_model_without_curve_and_rivals(report_document):
    report_document |= {"metrics": [], "circuit": None}
    outcome = report_document["outcome"]
    outcome |= {"baselines": [], "verdict": "No baseline was trained."}
    outcome["metrics"] |= {"loss": None, "circuits_per_second": None}
    for key in ("steps", "epochs", "validation_rows"):
        del outcome["metrics"][key]
    page = render(report_document)
    assert_fetches_nothing(page)
    assert "best rival" not in page
    assert "No baseline was trained." in page


def test_what_mitigation_did_stands_beneath_the_models(report_document):
    report_document["outcome"]["metrics"]["mitigation"] = {
        "method": "pec",
        "shots_factor": 1.0,
        "predicted_before": 0.058,
        "predicted_after": 0.045,
        "before": 0.109,
        "after": 0.062,
        "circuits": 4,
    }
    assert "pec, error 0.109 -> 0.062 at 1.0x shots" in text_of(render(report_document))


def test_a_skipped_rival_says_why(report_document):
    rival = report_document["outcome"]["baselines"][2]
    rival |= {"metrics": {}, "comparison": None, "skipped": "60,000 rows are more than 5,000"}
    text = text_of(render(report_document))
    assert "RBF-SVC was not trained: 60,000 rows are more than 5,000." in text
    assert "best rival, logistic regression 93.1 %" in text


def test_a_run_that_failed_says_so_and_how_to_go_on(report_document):
    error = {"type": "UsageError", "message": "training diverged", "hint": None}
    report_document["manifest"] |= {"error": error, "status": "failed"}
    report_document |= {"outcome": None, "status": "failed", "confusion": None}
    page = render(report_document)
    assert_fetches_nothing(page)
    text = text_of(page)
    assert "This run has no result yet; it is failed: training diverged." in text
    assert "qml runs resume 20261121-100312-a1b2c3" in text


def test_a_manifest_that_knows_nothing_yet(report_document):
    unknown = (
        *("data", "code", "packages", "environment", "seeds", "circuits", "backend", "model",
         "metrics", "artifacts", "costs", "usage"),
    )  # fmt: skip
    empty = {part: {} for part in unknown}
    report_document["manifest"] |= {**empty, "duration": None, "stop_reason": None}
    report_document |= {"outcome": None, "status": "running", "metrics": [], "name": None}
    report_document |= {"confusion": None, "circuit": None}
    assert_fetches_nothing(render(report_document))


def test_numbers_are_glued_to_their_units():
    space = "\N{NO-BREAK SPACE}"
    assert glued("94.7 % of 360 rows (p < 0.001)") == (
        f"94.7{space}% of 360 rows (p{space}<{space}0.001)"
    )
    assert glued("a stop < 3") == "a stop < 3"


def test_colours_are_defined_for_every_scheme():
    sheet = stylesheet()
    used = {part.split(")")[0] for part in sheet.split("var(")[1:]}
    for name in used:
        schemes = 1 if name in {"--sans", "--serif", "--mono"} else 3
        assert sheet.count(f"{name}:") == schemes, name


def test_notebook_table(train_document):
    html = outcome_html(train_document)
    read(html)
    text = text_of(html)
    for needle in (
        "variational (quantum) 178 94.7 % 91.9 to 96.6",
        "RBF-SVC",
        "significantly worse",
    ):
        assert needle in text
    json.dumps(html)
    train_document["baselines"][0] |= {
        "metrics": {},
        "comparison": None,
        "skipped": "too many rows",
    }
    assert "not trained: too many rows" in text_of(outcome_html(train_document))
