"""`qml ci`: what a comment says of each step, and machines that a pipeline can rent."""

import json

import jsonschema
import pytest

from qml.config import Config, Loaded, validate
from qml.errors import UsageError
from qml.report import schemas
from qml.report.markdown.ci import comment
from qml.tasks.ci.init import init
from qml.tasks.ci.report import report

CHECK = {"title": "Noise", "state": "failed", "why": "Too much is lost.", "advice": "Less depth."}
TEST = {
    "schema": "qml.test/1",
    "verdict": "Failed: checks 1 failed.",
    "failed": True,
    "checks": [CHECK],
    "own": {"cases": [{"name": "test_it", "state": "failed"}]},
}
GATE = {"schema": "qml.bench-against/1", "verdict": "Failed: 1 got worse.", "passed": False}
BENCH = {"schema": "qml.bench/1", "verdict": "No difference shown.", "stopped": {"exit_code": 0}}
ANSWERS = {
    "schema": "qml.predict/1",
    "input": "2 of 9 test rows",
    "accuracy": 0.5,
    "accuracy_ci": [0.1, 0.9],
}
PLAN = {
    "schema": "qml.plan/1",
    "backend": "jax",
    "circuits": 4,
    "cost": {"expected": "0.00", "currency": "USD"},
}
BILL = {"schema": "qml.costs/1", "settled": "51.58", "reserved": "1.00", "currency": "USD"}


def told(folder, **documents):
    for name, document in documents.items():
        (folder / f"{name.replace('_', '-')}.json").write_text(json.dumps(document))
    found = report(folder).document()
    jsonschema.validate(found, schemas.load("qml.ci-report/1"))
    return {step["name"]: step["state"] for step in found["steps"]}, comment(found)


@pytest.mark.parametrize(
    ("name", "document", "state"),
    [
        ("plan", PLAN, "passed"),
        ("unit", TEST, "failed"),
        ("unit", {**TEST, "failed": False}, "warned"),
        ("noise", {**TEST, "failed": False, "checks": []}, "passed"),
        ("bench", GATE, "failed"),
        ("bench", {**GATE, "passed": True}, "passed"),
        ("bench", BENCH, "passed"),
        ("bench", {**BENCH, "stopped": {"exit_code": 1}}, "failed"),
        ("rehearsal", ANSWERS, "passed"),
        ("hardware", ANSWERS, "passed"),
        ("noise", {"schema": "qml.error/1"}, "missing"),
    ],
)
def test_the_state_of_a_step_is_that_of_its_document(tmp_path, name, document, state):
    assert told(tmp_path, **{name: document})[0][name] == state


def test_the_comment_has_what_failed_and_what_it_cost(tmp_path):
    (tmp_path / "bench.md").write_text("| a table |\n")
    text = told(tmp_path, unit=TEST, bench=GATE, rehearsal_costs=BILL)[1]
    assert "❌ | Benchmark | Failed: 1 got worse." in text
    assert "- Noise failed: Too much is lost. Less depth." in text
    assert "- test failed: test_it" in text
    assert "| a table |" in text
    assert "**Cost: 0.00 USD.** The rehearsal would have cost 52.58 USD." in text
    assert "⬜ | Noise" in text


def test_money_that_was_spent_is_said(tmp_path):
    assert "**Cost: 52.58 USD.**" in told(tmp_path, hardware_costs=BILL)[1]


def test_a_machine_without_an_emulator_is_planned(tmp_path):
    states, text = told(tmp_path, rehearsal_plan={**PLAN, "backend": "ibm.ibm_fez"})
    assert states["rehearsal"] == "passed"
    assert "planned: 4 circuits on `ibm.ibm_fez`" in text


def test_no_folder_is_an_error(tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        report(tmp_path / "none")


def loaded(tmp_path, **backend):
    config = validate({"backend": backend}) if backend else Config()
    return Loaded(config=config, origins={}, root=tmp_path, file=None)


def test_the_machine_is_the_projects_own_where_it_has_one(tmp_path):
    assert init(loaded(tmp_path), "generic").backend == "ionq.forte-1"
    own = init(loaded(tmp_path, name="ibm.ibm_fez"), "github", force=True)
    assert own.backend == "ibm.ibm_fez"
    workflow = (tmp_path / ".github/workflows/qml-ci.yml").read_text()
    assert "QISKIT_IBM_TOKEN: ${{ secrets.QISKIT_IBM_TOKEN }}" in workflow
    assert "IONQ" not in workflow
    assert "[ibm,verify]" in (tmp_path / "ci/requirements.txt").read_text()


def test_a_machine_that_no_pipeline_can_rent_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no pipeline can rent `nowhere`"):
        init(loaded(tmp_path), "generic", backend="nowhere")
    assert not list(tmp_path.iterdir())
