"""One fake account for a module: making AWS clients is slow."""

import pytest

from qml.backends.registry import open_backend
from qml.config.sections import BackendSection


@pytest.fixture(scope="module")
def running():
    from backends.braket.fake_cloud import serve

    with pytest.MonkeyPatch.context() as patch, serve(patch) as cloud:
        yield cloud


@pytest.fixture
def cloud(running):
    """The account, empty."""
    running.reset()
    yield running
    assert running.violations == []


@pytest.fixture(scope="module")
def _backends(running):
    made = {}
    yield made
    for backend in made.values():
        backend.close()


@pytest.fixture
def opened(_backends, cloud):
    """Opens a device, once a module for the same settings."""

    def make(name="forte-1", **braket):
        key = (name, *braket.items())
        if key not in _backends:
            section = BackendSection(name=f"braket.{name}", braket={"bucket": "mine", **braket})
            _backends[key] = open_backend(section)
        return _backends[key]

    return make
