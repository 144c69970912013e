import pytest

from qml.config.sections import BackendSection
from qml.testing.backend_contract import BackendContract


class TestLocal(BackendContract):
    @pytest.fixture
    def section(self):
        return BackendSection(name="braket.local")
