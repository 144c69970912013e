"""The template `generative` from the command line: trained briefly, sampled, its script run."""

import jsonschema
import pytest
from support import Project, fork_server

from qml.report import schemas

BRIEF = {
    "QML_TRAIN__STEPS": "2",
    "QML_TRACKING__NAME": "none",
    "QML_MODEL__GENERATOR__LOCALITY": "2",
}
SMALL = ["train.steps=2", "baselines.names=['bitflip']"]


@pytest.fixture
def template():
    return "generative"


@pytest.mark.long
def test_it_trains_samples_and_its_script_runs(environ, tmp_path):
    Project(tmp_path, environ).qml("init", "mine", "--template", "generative", "--no-input")
    fresh = Project(tmp_path / "mine", environ)
    document = fresh.qml("train", "--no-input", "--json", "--name", "blobs", **BRIEF).document
    jsonschema.validate(document, schemas.load("qml.train-generative/1"))
    assert [b["name"] for b in document["baselines"]] == ["bitflip", "rbm"]
    sampled = fresh.qml("sample", "--json", **BRIEF).document
    assert sampled["model_run"] == document["run_id"]
    assert sampled["metrics"]["rows"] == 1000
    brief = {k: v for k, v in BRIEF.items() if "LOCALITY" not in k}
    command = ["python", "locality.py", *SMALL]
    code, out, err = fork_server().run(command, cwd=fresh.root, env={**environ, **brief})
    assert code == 0, err
    assert [line.split()[0] for line in out.splitlines()] == ["locality", "1", "2", "4", "6"]
