"""One project of each template, made once."""

import os

import pytest

from qml.scaffold import create

NAMES = (
    "architecture-search",
    "classifier",
    "custom",
    "generative",
    "hardware-ci",
    "images",
    "kernel",
    "llm-compress",
    "llm-sample",
    "tune",
)


@pytest.fixture(scope="session")
def projects(tmp_path_factory):
    """Folders of fresh projects by the names of their templates; read only."""
    place = tmp_path_factory.mktemp("projects")
    return {name: create(place / f"my-{name}", name, {}).folder for name in NAMES}


@pytest.fixture(params=NAMES)
def template(request):
    return request.param


@pytest.fixture
def project(projects, template):
    return projects[template]


@pytest.fixture
def environ(template, compiled):
    """An environment without anybody's settings, and with the data of the tests where they are."""
    data = os.environ.get("QML_TEST_DATA")
    if template == "images" and not data:
        pytest.skip("QML_TEST_DATA is not set: the images would have to be downloaded")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("QML_", "MLFLOW_"))}
    found = {"QML_DATA_DIR": data} if data else {}
    # bytecode goes beside the compiled circuits: no traces in the project, and shared by all runs
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    caches = {"QML_CACHE_DIR": str(compiled), "PYTHONPYCACHEPREFIX": str(compiled / "bytecode")}
    return kept | found | caches
