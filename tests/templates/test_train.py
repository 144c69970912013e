"""Each template from the command line: scaffolded, trained briefly, its scripts run."""

import jsonschema
import pytest
from support import Project, fork_server

from qml.report import schemas

BRIEF = {"QML_TRAIN__STEPS": "2", "QML_DATA__ROWS": "64", "QML_TRACKING__NAME": "none"}
KINDS = {
    "classifier": "variational",
    "custom": "custom",
    "images": "hybrid",
    "kernel": "kernel",
}
SMALL = ["train.steps=2", "data.rows=64", "model.qubits=4", "data.features=8"]
SCRIPTS = {
    "classifier": ["depth.py", *SMALL],
    "custom": ["make_data.py"],
    "images": ["confusions.py"],
}


@pytest.fixture(params=KINDS)
def template(request):
    """Those that train on this machine; `hardware-ci` has its own file of tests."""
    return request.param


@pytest.fixture
def fresh(template, environ, tmp_path):
    """A project that the installed `qml init` has just made."""
    Project(tmp_path, environ).qml("init", "mine", "--template", template, "--no-input")
    return Project(tmp_path / "mine", environ)


def test_it_trains_from_the_command_line_and_its_script_runs(fresh, template):
    document = fresh.qml("train", "--no-input", "--json", "--name", "ci", **BRIEF).document
    jsonschema.validate(document, schemas.load("qml.train/1"))
    assert document["model"]["kind"] == KINDS[template]
    assert len([b for b in document["baselines"] if b["metrics"]]) == 3
    if template in SCRIPTS:
        text = run(fresh, SCRIPTS[template])
        if template == "classifier":
            assert [line.split()[0] for line in text.splitlines()] == ["layers", "1", "2", "4", "8"]
        if template == "images":
            assert document["run_id"] in text
            assert "of 10000 test images" in text
    if template == "custom":
        assert (fresh.root / "spirals.csv").read_text().count("\n") == 601


def run(project, command):
    code, out, err = fork_server().run(["python", *command], cwd=project.root, env=project.environ)
    assert code == 0, err
    return out
