"""The contract of remote backends, on a fake account."""

import json

import pytest

from qml.backends.base import Settings
from qml.backends.braket import account, plugin
from qml.config.sections import BackendSection
from qml.testing.remote_contract import RemoteContract
from qml.testing.remote_vendor import ENDLESS, FAILING

ANSWERS = {"slow-response": "hang", "wrong-json": "garbage", "slow": "hang"}


class FakeVendor:
    def __init__(self, cloud, section):
        self.cloud = cloud
        self.section = section

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
        return plugin(Settings(section=self.section))


def play(cloud, fault):
    """Make the account do what the contract asks for."""
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


@pytest.fixture(scope="module")
def _made(running):
    """Clients of AWS, made once for the whole module: making them is what takes time."""
    made = {}
    yield made
    for client in made.values():
        client.close()


class TestMachine(RemoteContract):
    section = BackendSection(name="braket.forte-1", braket={"bucket": "mine"})
    seeded = False

    # test_backend.py sends the whole gate set through Braket's simulator, in fewer circuits
    test_every_gate_does_what_its_matrix_says = None

    @pytest.fixture
    def open_vendor(self, cloud, _made, monkeypatch):
        def client(self, service, endpoint=None):
            key = service, account._PATIENCE["read_timeout"]
            if key not in _made:
                _made[key] = make(self, service, endpoint)
                self._opened.clear()
            return _made[key]

        def opener(fault=None):
            cloud.remembers = False
            if fault is not None:
                play(cloud, fault)
                if "slow" in fault:
                    monkeypatch.setitem(account._PATIENCE, "read_timeout", 0.3)
            return FakeVendor(cloud, self.section)

        make = account.Account._client
        monkeypatch.setattr(account.Account, "_client", client)
        return opener
