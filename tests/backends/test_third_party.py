"""A third party adds backends from a package of their own, with nothing but the protocols."""

import os
import shutil
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from support import Project, make_project

from qml.config.sections import BackendSection
from qml.testing.backend_contract import BackendContract

SOURCE = Path(__file__).parent / "tiny"
CLOUD = """
[backend.options]
folder = "cloud"

[pricing.tinycloud.one]
kind = "tasks"
task = "0.30"
shot = "0.001"
"""
SHORT = ("--set", "train.epochs=1", "--set", "train.batch_size=64", "--set", "train.gradient=spsa")


def install(target: Path) -> Path:
    """Install the package the way an installer does: its modules and their metadata, side by side.

    Nothing is downloaded and no build tool is needed: it is pure Python.
    """
    facts = tomllib.loads((SOURCE / "pyproject.toml").read_text())["project"]
    shutil.copytree(
        SOURCE / "tiny_backend",
        target / "tiny_backend",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    info = target / f"tiny_backend-{facts['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {facts['name']}\nVersion: {facts['version']}\n"
    )
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in rows.items())
        for group, rows in facts["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("\n".join(lines))
    return target


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of installed packages that holds the third party's alone."""
    return install(tmp_path_factory.mktemp("site"))


@pytest.fixture
def project(tmp_path: Path, compiled: Path, site: Path) -> Project:
    """A small project in an environment that has the package."""
    made = make_project(tmp_path, compiled)
    made.environ["PYTHONPATH"] = os.pathsep.join(
        [str(site), *filter(None, [made.environ.get("PYTHONPATH")])]
    )
    return made


class TestTiny(BackendContract):
    """The contract that plug-ins inherit, in this process."""

    @pytest.fixture(autouse=True)
    def installed(self, site: Path, monkeypatch: pytest.MonkeyPatch):
        """Lead this process to the package, and away from it afterwards."""
        monkeypatch.syspath_prepend(str(site))
        yield
        for name in [n for n in sys.modules if n.partition(".")[0] == "tiny_backend"]:
            del sys.modules[name]

    @pytest.fixture
    def section(self) -> BackendSection:
        return BackendSection(name="tiny")


def test_nothing_of_it_is_known_without_the_package():
    assert "tiny" not in entry_points(group="qml.backends.v1").names


def test_it_is_listed(project: Project):
    rows = {row["name"]: row for row in project.qml("backends", "--json").document["backends"]}
    assert rows["tiny"]["available"]
    assert rows["tinycloud"]["available"]


def test_a_simulator_trains(project: Project):
    result = project.train("--backend", "tiny", *SHORT)
    assert result["backend"] == "tiny"
    assert result["metrics"]["test_accuracy"] >= 0


def test_a_cloud_trains_through_the_ledger(project: Project):
    """Priced, journalled, bought once, settled at what the cloud bills."""
    toml = project.root / "qml.toml"
    toml.write_text(toml.read_text() + CLOUD)
    cloud = project.root / "cloud"
    cloud.mkdir()
    bought = ("--backend", "tinycloud.one", "--set", "backend.shots=50", *SHORT)
    result = project.train(*bought, "--max-cost", "100")
    assert result["backend"] == "tinycloud.one"
    assert float(result["cost"]["estimated"]) > 0
    assert float(result["cost"]["billed"]) == 0
    jobs = project.qml("jobs", "list", "--json").document["jobs"]
    assert {job["provider_job_id"] for job in jobs} == {p.stem for p in cloud.iterdir()}
    assert {(job["state"], float(job["billed"])) for job in jobs} == {("settled", 0.0)}
