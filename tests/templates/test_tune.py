"""The templates that tune: a brief study from the command line, and the rival of `tune`."""

import jsonschema
import pytest
from support import Project

from qml.report import schemas

BRIEF = {
    "QML_TRAIN__STEPS": "2",
    "QML_DATA__ROWS": "64",
    "QML_TRACKING__NAME": "none",
    "QML_BASELINES__ENABLED": "false",
}


@pytest.fixture(params=["tune", pytest.param("architecture-search", marks=pytest.mark.long)])
def template(request):
    return request.param


@pytest.fixture
def fresh(template, environ, tmp_path):
    Project(tmp_path, environ).qml("init", "mine", "--template", template, "--no-input")
    return Project(tmp_path / "mine", environ)


def study(project, *args):
    command = ["tune", "--no-input", "--json", "--quiet", "--no-refit", *args]
    document = project.qml(*command, **BRIEF).document
    jsonschema.validate(document, schemas.load("qml.tune/1"))
    return document


def test_it_tunes_from_the_command_line(fresh, template):
    document = study(fresh, "--trials", "2", "--compare", "none")
    assert document["metrics"]["complete"] == 2
    if template == "tune":
        rival = study(Project(fresh.root / "rival", fresh.environ), "--trials", "3")
        assert rival["metrics"]["complete"] == 3
        assert 0.5 < rival["best"]["value"] <= 1
