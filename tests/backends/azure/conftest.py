import pytest

from qml.backends.base import Settings
from qml.config.sections import BackendSection


@pytest.fixture
def workspace():
    from backends.azure.fake_workspace import FakeWorkspace

    return FakeWorkspace()


@pytest.fixture
def opened(workspace):
    """Opens a target in the fake workspace."""
    from backends.azure.fake_workspace import CONNECTION

    from qml.backends.azure import plugin
    from qml.backends.azure.backend import Azure

    made = []

    def make(name="forte-1", **azure):
        section = BackendSection(name=f"azure.{name}", azure=azure)
        environ = {"AZURE_QUANTUM_CONNECTION_STRING": CONNECTION}
        settings = Settings(section=section, environ=environ)
        made.append(Azure(plugin, settings, transport=workspace.transport()))
        return made[-1]

    yield make
    for backend in made:
        backend.close()
