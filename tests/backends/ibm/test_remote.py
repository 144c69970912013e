from contextlib import ExitStack

import pytest

from qml.backends.ibm import wire
from qml.testing.remote_contract import RemoteContract
from tests.backends.ibm.stub import SLOW, serving


@pytest.fixture(autouse=True)
def loopback(monkeypatch):
    """What the vendor's client needs to be led to loopback."""
    monkeypatch.setenv("QISKIT_FUNCTIONS_EXPERIMENTAL", "1")


@pytest.fixture
def open_vendor(monkeypatch):
    with ExitStack() as stack:

        def opened(fault=None, section=None):
            stub = stack.enter_context(serving(fault, section))
            monkeypatch.setenv("IAM_URL", stub.url)
            if "slow" in (fault or ""):
                monkeypatch.setattr(wire, "ANSWERING", SLOW / 3)
                monkeypatch.setattr(wire, "SUBMITTING", SLOW / 3)
            return stub

        yield opened


class TestIbm(RemoteContract):
    seeded = False

    @pytest.fixture
    def open_vendor(self, open_vendor):
        return open_vendor
