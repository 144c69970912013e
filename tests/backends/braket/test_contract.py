"""The contract of remote backends, on a fake account: a road compiled here, and one that is not."""

import json
from contextlib import ExitStack

import pytest
from backends.braket.fake_cloud import serve

from qml.backends.base import Settings
from qml.backends.braket import account, plugin
from qml.config.sections import BackendSection
from qml.testing.remote_contract import RemoteContract
from qml.testing.remote_counts import RemoteCountsContract
from qml.testing.remote_vendor import ENDLESS, FAILING

ANSWERS = {"slow-response": "hang", "wrong-json": "garbage", "slow": "hang"}


class FakeVendor:
    def __init__(self, cloud, section):
        self.cloud = cloud
        self.section = section
        self.backends = []

    @property
    def posts(self):
        return len(self.cloud.posts)

    @property
    def jobs(self):
        return [task.arn for task in self.cloud.tasks]

    def bill(self, job_id):
        return None

    def gates(self, job_id):
        """Gates as Braket's own parser counts them."""
        from braket.circuits import Circuit, Gate

        (task,) = [t for t in self.cloud.tasks if t.arn == job_id]
        action = json.loads(task.request["action"])
        widths = [
            len(instruction.target)
            for program in action.get("programs", [action])
            for instruction in Circuit.from_ir(program["source"]).instructions
            if isinstance(instruction.operator, Gate)
        ]
        return widths.count(1), widths.count(2)

    def connect(self):
        self.backends.append(plugin(Settings(section=self.section)))
        return self.backends[-1]


def play(cloud, fault):
    """Make the account do what the contract asks for."""
    cloud.remembers = False
    if fault == ENDLESS:
        cloud.fate = "QUEUED"
    elif fault == FAILING:
        cloud.fate, cloud.reason = "FAILED", "the ion left"
    elif fault.startswith("get-"):
        cloud.failing_reads = [_answer(fault.removeprefix("get-"))]
    else:
        what = fault.removesuffix("-before-accept").removesuffix("-after-accept")
        accepted = fault.endswith("-after-accept") or fault in ANSWERS
        cloud.script = [(accepted, _answer(what))]


def _answer(what):
    return int(what) if what.isdecimal() else ANSWERS.get(what, what)


class OnFakeAccount:
    section = BackendSection(name="braket.forte-1", braket={"bucket": "mine"})
    seeded = False

    @pytest.fixture
    def open_vendor(self, monkeypatch):
        def opener(fault=None):
            cloud = stack.enter_context(serve(monkeypatch))
            cloud.remembers = False
            if fault is not None:
                play(cloud, fault)
                if "slow" in fault:
                    monkeypatch.setitem(account._PATIENCE, "read_timeout", 0.3)
            vendor = FakeVendor(cloud, self.section)
            stack.callback(lambda: [b.close() for b in vendor.backends])
            return vendor

        with ExitStack() as stack:
            yield opener


class TestMachine(OnFakeAccount, RemoteContract):
    pass


class TestMachineThatCompiles(OnFakeAccount, RemoteCountsContract):
    section = BackendSection(name="braket.garnet", braket={"bucket": "mine"})
