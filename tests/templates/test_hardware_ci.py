"""The template `hardware-ci`: its price, its rehearsal on a bad day, its workflow."""

import json
import os
import re
import shlex
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

import qml
from qml.emulators.ionq import Fault

LIMIT = Decimal("500.00")


@pytest.fixture
def template():
    return "hardware-ci"


def price_in(readme):
    return Decimal(re.search(r"a run costs \*\*([\d.]+) USD\*\*", readme)[1])


def test_the_readme_states_what_the_plan_says_and_it_is_below_the_limit(project, monkeypatch):
    monkeypatch.delenv("IONQ_API_URL", raising=False)
    readme = (project / "README.md").read_text("utf-8")
    purchase = qml.plan(root=project).purchase
    assert purchase.name == "ionq.forte-1"
    assert purchase.expected == purchase.high == price_in(readme) < LIMIT
    assert f"the run costs {purchase.low} USD" in readme
    table = re.findall(r"^\| [^|]+ \| (\d+) \| ([\d.]+) \|$", readme, re.MULTILINE)
    *parts, together = [(int(circuits), Decimal(price)) for circuits, price in table]
    assert together == (purchase.circuits, purchase.high)
    assert together == tuple(sum(column) for column in zip(*parts, strict=True))
    assert f"each of the {purchase.jobs} jobs" in readme


def test_the_rehearsal_bills_what_the_readme_states(project, environ, tmp_path):
    keep = tmp_path / "kept"
    # each command starts anew and takes a second or two: those that only look are left out
    train = "grep -v '^qml plan$\\|^qml jobs list$\\|^qml costs$' pipeline.sh | sh"
    script = f"{train} && cp outcome.json {shlex.quote(str(keep))}"
    keep.mkdir()
    path = os.pathsep.join([str(Path(sys.executable).parent), environ["PATH"]])
    done = subprocess.run(
        [sys.executable, "rehearse.py", "sh", "-c", script],
        cwd=project,
        env={**environ, "PATH": path, "QML_TRACKING__NAME": "none"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    readme = (project / "README.md").read_text("utf-8")
    price = price_in(readme)
    assert done.stdout.endswith(f"at the emulator: 6 jobs, {price} USD\n")
    assert done.stderr.count("adopted job") == 2
    assert "every bill is what was estimated and booked" in done.stdout
    outcome = json.loads((keep / "outcome.json").read_text("utf-8"))
    assert outcome["cost"]["billed"] == str(price)
    assert not (project / ".qml").exists(), "the ledger of the project holds real money only"


def test_the_workflow_starts_an_emulator_with_faults_that_exist(project):
    workflow = yaml.safe_load((project / ".github/workflows/qml.yml").read_text("utf-8"))
    commands = "\n".join(step.get("run", "") for step in workflow["jobs"]["train"]["steps"])
    faults = re.findall(r"--fault (\S+)", commands)
    assert len(faults) == 4
    assert all(Fault.parse(fault) for fault in faults)
    port = re.search(r"--port (\d+)", commands)[1]
    assert workflow["env"]["IONQ_API_URL"] == f"http://127.0.0.1:{port}/v0.4"
    assert "secrets." not in (project / ".github/workflows/qml.yml").read_text("utf-8")
