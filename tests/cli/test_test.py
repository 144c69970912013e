"""`qml test`: exit codes, the document and the JUnit report."""

from xml.etree import ElementTree as ET

import jsonschema
import pytest

from qml.report import schemas

FAST = ("test", "--no-own", "--json", "--quiet")


@pytest.mark.long
def test_checks_of_a_small_project(project):
    found = project.qml(*FAST, "--checks", "compilation", "--junit", "report.xml").document
    jsonschema.Draft202012Validator(schemas.load("qml.test/1")).validate(found)
    assert [c["state"] for c in found["checks"]] == ["passed"]
    assert (project.root / "report.xml").exists()
    assert ET.parse(project.root / "report.xml").getroot()[0].get("failures") == "0"
    assert project.qml("report", found["run_id"]).code == 0


@pytest.mark.long
def test_a_failed_check_is_exit_code_1(project):
    found = project.qml(*FAST, "--checks", "shots", "--shots", "1", code=1).document
    assert found["failed"]
    assert found["checks"][0]["advice"].startswith("backend.shots = ")


def test_a_dry_run_runs_nothing(project):
    found = project.qml("test", "--dry-run", "--json").document
    assert {c["state"] for c in found["checks"]} == {"open"}
    assert len(found["checks"]) == 9
    assert found["verdict"].startswith("Not run: 9 checks would be made; ")
    assert project.runs == []


def test_an_unknown_check_is_refused_before_anything_is_made(project):
    project.qml("test", "--checks", "gradient", code=2)
    assert project.runs == []
