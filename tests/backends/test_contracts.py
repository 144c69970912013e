"""Every backend passes the contract that authors of plug-ins inherit."""

import pytest

from qml.config.sections import BackendSection
from qml.testing.backend_contract import BackendContract


class TestJax(BackendContract):
    @pytest.fixture
    def section(self):
        return BackendSection(name="jax")


class TestDefaultQubit(BackendContract):
    @pytest.fixture
    def section(self):
        return BackendSection(name="default.qubit")


class TestLightning(BackendContract):
    @pytest.fixture
    def section(self):
        return BackendSection(name="lightning")


class TestQsim(BackendContract):
    @pytest.fixture
    def section(self):
        return BackendSection(name="qsim")


class TestAer(BackendContract):
    @pytest.fixture
    def section(self):
        return BackendSection(name="aer")
