"""Isolation for every test: no home of the user, no colours, a fixed width."""

import os
from pathlib import Path

import pytest
from support import Project, make_project


@pytest.fixture(autouse=True)
def _isolated(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "MLFLOW_TRACKING_URI", "CI"):
        monkeypatch.delenv(name, raising=False)
    for name in [n for n in os.environ if n.startswith("QML_") and n != "QML_TEST_DATA"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Test")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "test@example.org")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Test")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "test@example.org")


@pytest.fixture
def test_data() -> Path:
    """Folder of the shared data sets."""
    found = os.environ.get("QML_TEST_DATA")
    if not found:
        pytest.skip("QML_TEST_DATA is not set: the data sets are not part of the repository")
    return Path(found)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One compilation cache for all tests of a worker."""
    return tmp_path_factory.mktemp("compiled")


@pytest.fixture
def project(tmp_path: Path, compiled: Path) -> Project:
    """A small project, and the installed `qml` in it."""
    return make_project(tmp_path, compiled)
