"""Pipelines: the same steps for every provider, and no file of a person's is lost."""

import subprocess

import pytest
import yaml

from qml.errors import UsageError
from qml.scaffold.pipeline import providers, write_pipeline

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


def test_the_providers():
    assert providers() == ["generic", "github", "gitlab"]


@pytest.mark.parametrize("provider", providers())
def test_every_shell_script_parses_and_says_what_it_is(tmp_path, provider):
    made = write_pipeline(tmp_path, provider, ANSWERS)
    shell = [tmp_path / name for name in made.written if name.endswith(".sh")]
    assert len(shell) >= 8
    for script in shell:
        subprocess.run(["sh", "-n", script], check=True)
        assert "# " in script.read_text().splitlines()[script.name != "settings.sh"]
        assert "{{" not in script.read_text()


@pytest.mark.parametrize(
    ("provider", "file"), [("github", ".github/workflows/qml-ci.yml"), ("gitlab", ".gitlab-ci.yml")]
)
def test_a_provider_runs_the_steps_in_order_and_the_machine_last(tmp_path, provider, file):
    write_pipeline(tmp_path, provider, ANSWERS)
    text = (tmp_path / file).read_text()
    jobs = yaml.safe_load(text)
    jobs = jobs.get("jobs", jobs)
    gate, hardware = (yaml.safe_dump(jobs[name], sort_keys=False) for name in ("gate", "hardware"))
    steps = [s for n in range(1, 8) for s in tmp_path.glob(f"ci/{n}-*.sh")]
    places = [gate.index(f"ci/{step.name}") for step in steps if "6-hardware" not in step.name]
    assert places == sorted(places)
    assert "6-hardware" not in gate
    assert "6-hardware" in hardware
    assert "hardware" in str(jobs["hardware"].get("if") or jobs["hardware"]["rules"])


def test_the_secret_is_seen_by_the_hardware_stage_alone(tmp_path):
    write_pipeline(tmp_path, "github", ANSWERS)
    jobs = yaml.safe_load((tmp_path / ".github/workflows/qml-ci.yml").read_text())["jobs"]
    assert "secrets." not in str(jobs["gate"])
    assert "secrets.IONQ_API_KEY" in str(jobs["hardware"])
    assert jobs["hardware"]["environment"] == "hardware"


def test_a_file_of_a_persons_is_kept_unless_forced(tmp_path):
    first = write_pipeline(tmp_path, "generic", ANSWERS)
    again = write_pipeline(tmp_path, "generic", ANSWERS)
    assert (again.written, again.unchanged) == ((), first.written)
    mine = tmp_path / "ci" / "2-unit.sh"
    mine.write_text("mine")
    with pytest.raises(UsageError, match=r"ci/2-unit\.sh"):
        write_pipeline(tmp_path, "generic", ANSWERS)
    assert mine.read_text() == "mine"
    assert write_pipeline(tmp_path, "generic", ANSWERS, force=True).written == ("ci/2-unit.sh",)


def test_an_unknown_provider_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no pipeline for `jenkins`"):
        write_pipeline(tmp_path, "jenkins", ANSWERS)
    assert not list(tmp_path.iterdir())
