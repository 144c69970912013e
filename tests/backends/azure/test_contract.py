"""The contract of remote backends, on a fake workspace."""

import json
from decimal import Decimal

import pytest
from backends.azure.fake_workspace import CONNECTION, FakeWorkspace

from qml.backends.azure import plugin
from qml.backends.azure.backend import Azure
from qml.backends.base import Settings
from qml.config.sections import BackendSection
from qml.errors import UnknownSubmissionError
from qml.testing.remote_contract import RemoteContract
from qml.testing.remote_vendor import ENDLESS, FAILING, intent, smallest
from qml.units import Money

ANSWERS = {"slow-response": "hang", "wrong-json": "garbage", "slow": "hang"}


class FakeVendor:
    def __init__(self, section):
        self.workspace = FakeWorkspace()
        self.section = section

    @property
    def posts(self):
        return len(self.workspace.puts)

    @property
    def jobs(self):
        return list(self.workspace.jobs)

    def bill(self, job_id):
        cost = self.workspace.jobs[job_id]["costEstimate"]
        return Money(amount=Decimal(str(cost["estimatedTotal"])))

    def gates(self, job_id):
        written = json.loads(self.workspace.blobs[f"/job-{job_id}/inputData"])["circuit"]
        pairs = sum("targets" in gate for gate in written)
        return len(written) - pairs, pairs

    def connect(self):
        environ = {"AZURE_QUANTUM_CONNECTION_STRING": CONNECTION}
        settings = Settings(section=self.section, environ=environ)
        return Azure(plugin, settings, transport=self.workspace.transport())


def play(workspace, fault):
    """Make the workspace do what the contract asks for."""
    if fault == ENDLESS:
        workspace.fate = "Waiting"
    elif fault == FAILING:
        workspace.fate = "Failed"
    elif fault.startswith("get-"):
        workspace.failing_reads = [_answer(fault.removeprefix("get-"))]
    else:
        what = fault.removesuffix("-before-accept").removesuffix("-after-accept")
        accepted = fault.endswith("-after-accept") or fault in ANSWERS
        workspace.script = [(accepted, _answer(what))]


def _answer(what):
    return int(what) if what.isdecimal() else ANSWERS.get(what, what)


class OnFakeWorkspace(RemoteContract):
    section = BackendSection(name="azure.simulator")

    @pytest.fixture
    def open_vendor(self):
        def opener(fault=None):
            vendor = FakeVendor(self.section)
            if fault is not None:
                play(vendor.workspace, fault)
            return vendor

        return opener

    def test_two_jobs_of_one_key_are_an_alarm(self, vendor):
        """There cannot be two: the key is the id, and the second request finds it taken."""
        backend = vendor.connect()
        job = backend.submit(smallest(), intent("mine"))
        with pytest.raises(UnknownSubmissionError, match="409"):
            backend.submit(smallest(), intent("mine"))
        assert backend.find(intent("mine")) == job
        assert vendor.jobs == [job.id]


class TestSimulator(OnFakeWorkspace):
    pass


class TestMachine(OnFakeWorkspace):
    section = BackendSection(name="azure.forte-1")
    seeded = False
