"""The steps that `qml ci init` writes, executed in their order in a scaffolded project."""

import json
import os
import socket
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest
import tomli_w

import qml
from qml.report import schemas
from qml.scaffold.pipeline import write_pipeline

ANSWERS = {
    "backend": "ionq.forte-1",
    "cap": "60.00",
    "rows": 2,
    "shots": 200,
    "noise": "aria-1",
    "suite": "project",
    "python": "3.11",
    "secrets": ("IONQ_API_KEY",),
    "extras": "verify",
}


@pytest.fixture(scope="module")
def template():
    return "custom"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory, compiled, template):
    """A repository with a scaffolded project and its pipeline, and one change of it."""
    root = tmp_path_factory.mktemp("ci") / "project"
    qml.scaffold.create(root, template, {})
    write_pipeline(root, "generic", ANSWERS)
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("QML_", "GIT_"))}
    environ |= {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), environ["PATH"]]),
        "HOME": str(tmp_path_factory.mktemp("home")),
        "QML_CACHE_DIR": str(compiled),
        "QML_TRACKING__NAME": "none",
        "QML_CI_SEEDS": "2",
        "QML_CI_PORT": str(free_port()),
        **{
            f"GIT_{who}_{what}": "a@b.c"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }
    git(root, environ, "init", "--quiet", "--initial-branch", "main")
    git(root, environ, "add", ".")
    git(root, environ, "commit", "--quiet", "-m", "the project")
    return root, environ


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def git(root, environ, *words):
    subprocess.run(["git", *words], cwd=root, env=environ, check=True)


def step(checkout, name, code=0, **environ):
    root, base = checkout
    done = subprocess.run(
        ["sh", f"ci/{name}.sh"],
        cwd=root,
        env={**base, **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == code, f"{name}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def document(checkout, name):
    found = json.loads((checkout[0] / "ci-out" / f"{name}.json").read_text())
    jsonschema.validate(found, schemas.load(found["schema"]))
    return found


@pytest.mark.long
def test_every_step_in_order_and_a_worse_change_is_stopped(checkout):
    root = checkout[0]
    step(checkout, "1-lint")
    step(checkout, "2-unit")
    assert ET.parse(root / "ci-out" / "unit.xml").getroot().iter("testcase")
    assert document(checkout, "unit")["own"]["cases"]
    step(checkout, "3-noise")
    assert {c["name"] for c in document(checkout, "noise")["checks"]} == {"noise"}
    step(checkout, "4-bench", QML_CI_BASE="main")
    worsen(root)
    told = step(checkout, "4-bench", code=1, QML_CI_BASE="main")
    assert "accuracy" in told.stdout + told.stderr + (root / "ci-out" / "bench.md").read_text()
    step(checkout, "5-rehearse")
    assert document(checkout, "rehearsal-costs")["settled"] == "51.58"
    assert not (root / ".qml" / "ledger.db").exists(), "play money has a ledger of its own"
    step(checkout, "7-report")
    comment = (root / "ci-out" / "comment.md").read_text()
    assert "**Cost: 0.00 USD.** The rehearsal would have cost 51.58 USD." in comment
    assert "❌ | Benchmark" in comment
    assert "did not end" not in comment


@pytest.mark.long
def test_the_cap_is_kept_in_the_rehearsal(checkout):
    done = step(checkout, "5-rehearse", code=3, QML_CI_CAP="20.00")
    assert "20.00 are left" in done.stderr


def worsen(root):
    """Train so little that the accuracy falls far."""
    settings = tomllib.loads((root / "qml.toml").read_text())
    settings["train"] |= {"learning_rate": 1e-9}
    (root / "qml.toml").write_text(tomli_w.dumps(settings))
