"""A project whose suite is the fake one, for processes of their own."""

import pytest

from qml.testing import fake_suite


@pytest.fixture
def bench(project, tmp_path_factory):
    """Let every process of the project find the fake suite."""
    site = tmp_path_factory.mktemp("site")
    info = site / "fake_suite-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fake-suite\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(fake_suite.ENTRY_POINTS)
    (project.root / "qml.toml").write_text('[tracking]\nname = "none"\n[bench]\nsuite = "fake"\n')
    project.environ["PYTHONPATH"] = str(site)
    return project
