"""A project whose suite is the fake one."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from qml.config import Loaded, load
from qml.ports import Silence, SystemClock
from qml.records import RunFolder
from qml.session import World
from qml.tasks import bench
from qml.testing import fake_suite


@dataclass
class Bench:
    """A project, and what was measured in it."""

    root: Path

    @property
    def world(self) -> World:
        environ = {"QML_CACHE_DIR": str(self.root / "cache")}
        return World(environ=environ, progress=Silence(), clock=SystemClock())

    def loaded(self, **values: object) -> Loaded:
        facts = {"suite": "'fake'", "seeds": 1, **values}
        return load(self.root, environ={}, pairs=[f"bench.{k}={v}" for k, v in facts.items()])

    def begin(self, **values: object) -> tuple[Loaded, RunFolder]:
        loaded = self.loaded(**values)
        return loaded, bench.begin(loaded, name=None, world=self.world)

    def run(self, **values: object) -> dict:
        loaded, run = self.begin(**values)
        return bench.run(run, loaded.config, self.root, self.world).document()

    def plan(self, **values: object) -> dict:
        return bench.plan(self.loaded(**values), self.world).document()

    @property
    def log(self) -> list[str]:
        path = self.root / fake_suite.LOG
        return path.read_text().splitlines() if path.exists() else []

    def ended(self) -> Counter:
        """Count how often each cell was measured to its end."""
        return Counter(line.split()[1] for line in self.log if line.startswith("end"))


def states(document: dict) -> list[str]:
    return [cell["state"] for cell in document["cells"]]


@pytest.fixture(scope="module")
def suite_installed(tmp_path_factory):
    """Let the entry points of the fake suite be found."""
    folder = tmp_path_factory.mktemp("site") / "fake_suite-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: fake-suite\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text(fake_suite.ENTRY_POINTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder.parent))
        yield folder.parent


@pytest.fixture
def project(tmp_path, suite_installed, monkeypatch) -> Bench:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qml.toml").write_text('[tracking]\nname = "none"\n')
    return Bench(tmp_path)
