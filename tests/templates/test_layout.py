"""What lies in a fresh project, and what never may."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml

import qml
from qml.config import json_schema, load
from qml.scaffold import list_templates

SHARED = {
    ".copier-answers.yml",
    ".github/workflows/qml.yml",
    ".gitignore",
    "README.md",
    "pytest.ini",
    "qml.schema.json",
    "qml.toml",
    "requirements.txt",
    "tests/conftest.py",
    "tests/test_circuit.py",
    "tests/test_project.py",
}

TUNED = (SHARED - {"tests/test_circuit.py"}) | {"tests/test_space.py"}
TREES = {
    "architecture-search": TUNED,
    "classifier": SHARED | {"depth.py", "tests/test_quantum.py"},
    "custom": SHARED
    | {"make_data.py", "model.py", "spirals.csv", "tests/test_data.py", "tests/test_quantum.py"},
    "generative": SHARED | {"locality.py", "tests/test_samples.py"},
    "hardware-ci": SHARED | {"data.py", "pipeline.sh", "rehearse.py", "tests/test_money.py"},
    "images": SHARED | {"confusions.py"},
    "kernel": SHARED | {"data.py", "tests/test_data.py"},
    "llm-compress": (SHARED - {"tests/test_circuit.py"}) | {"text.py", "tests/tiny.py"},
    "llm-sample": (SHARED - {"tests/test_circuit.py"}) | {"answers.jsonl", "compare.py"},
    "tune": TUNED | {"rival/qml.toml", "rival/rival.py"},
}

WORK = {"llm-compress": "qml compress --no-input --json", "llm-sample": "qml sample llm --file"}


def files(folder):
    """All files but the bytecode that other tests of the same project leave."""
    found = (f for f in folder.rglob("*") if f.is_file() and "__pycache__" not in f.parts)
    return {str(f.relative_to(folder)) for f in found}


def test_every_template_is_tested_here():
    assert {t.name for t in list_templates()} == set(TREES)


def test_the_tree(project, template):
    assert files(project) == TREES[template]


def test_no_file_names_this_machine(project):
    places = {str(project.parent), str(Path(qml.__file__).parent.parent), str(Path.home())}
    for file in files(project):
        text = (project / file).read_text("utf-8")
        assert not [place for place in places if place in text], file


def test_nothing_is_left_to_render(project):
    for file in files(project) - {".github/workflows/qml.yml"}:
        text = (project / file).read_text("utf-8")
        assert "{{" not in text, file
        assert "{%" not in text, file


def test_the_answers_name_the_template_and_no_path(project, template):
    answers = yaml.safe_load((project / ".copier-answers.yml").read_text("utf-8"))
    assert answers["_template"] == template
    assert answers["_qml_version"] == qml.__version__
    assert answers["name"] == f"my-{template}"
    assert "_src_path" not in answers
    assert not [v for v in answers.values() if os.sep in str(v)]


def test_pennylane_is_never_imported_as_qml(project):
    for file in project.rglob("*.py"):
        assert "as qml" not in file.read_text("utf-8"), file


def test_the_toml_points_editors_at_a_schema_that_accepts_it(project):
    text = (project / "qml.toml").read_text("utf-8")
    assert text.startswith("#:schema ./qml.schema.json\n")
    schema = json.loads((project / "qml.schema.json").read_text("utf-8"))
    assert schema == json_schema()
    jsonschema.validate(tomllib.loads(text), schema)


def test_the_schema_refuses_a_wrong_key(project):
    schema = json.loads((project / "qml.schema.json").read_text("utf-8"))
    document = tomllib.loads((project / "qml.toml").read_text("utf-8"))
    document.setdefault("train", {})["epoch"] = 3
    with pytest.raises(jsonschema.ValidationError, match="epoch"):
        jsonschema.validate(document, schema)


def test_the_configuration_loads(project, template):
    loaded = load(project, environ={})
    assert loaded.root == project
    assert loaded.config.project.name == f"my-{template}"


def test_the_python_is_clean(project):
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--select",
        "E,F,W,I,B,UP,ICN,N",
    ]
    command += [
        "--line-length",
        "100",
        "--config",
        'lint.flake8-import-conventions.aliases.pennylane="qp"',
    ]
    done = subprocess.run([*command, "."], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    form = [
        sys.executable,
        "-m",
        "ruff",
        "format",
        "--isolated",
        "--line-length",
        "100",
        "--check",
        ".",
    ]
    done = subprocess.run(form, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_workflow_runs_reports_and_tests(project, template):
    workflow = yaml.safe_load((project / ".github/workflows/qml.yml").read_text("utf-8"))
    (job,) = workflow["jobs"].values()
    commands = "\n".join(step.get("run", "") for step in job["steps"])
    if "sh pipeline.sh" in commands:
        commands += (project / "pipeline.sh").read_text("utf-8")
    work = WORK.get(template, "qml train --no-input --json")
    for command in ("pip install -r requirements.txt", work, "pytest"):
        assert command in commands
    assert "qml-workbench" in (project / "requirements.txt").read_text("utf-8")
