import json
import time
import traceback
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from qml.backends.base import Intent
from qml.backends.ibm import wire
from qml.backends.ibm.account import Account
from qml.backends.registry import open_backend
from qml.circuits import Work
from qml.config.sections import BackendSection
from qml.config.sections.vendors import IbmSection
from qml.errors import (
    PlanError,
    QmlError,
    RefusedError,
    ThrottledError,
    UnknownSubmissionError,
    UsageError,
)
from qml.testing.remote_contract import RemoteContract
from qml.testing.remote_vendor import smallest, wait_for
from tests.backends.ibm.stub import CRN, DEVICE, SLOW, TOKEN, serving, shipped


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


def intent(key="mine"):
    return Intent(key=key, digest="")


def test_the_vendors_client_would_buy_two_jobs(open_vendor, monkeypatch):
    """What the wire is for: without it the client repeats a POST after every 502."""
    vendor = open_vendor("502-after-accept")
    monkeypatch.setattr(Account, "_seal", lambda self, service: None)
    vendor.connect().submit(smallest(), intent())
    assert vendor.posts == len(vendor.jobs) == 2


def test_a_redirect_is_not_followed_with_a_second_request(open_vendor):
    vendor = open_vendor("307-before-accept")
    with pytest.raises(UnknownSubmissionError):
        vendor.connect().submit(smallest(), intent())
    assert vendor.posts == 1


def test_ibm_out_of_reach_is_no_alarm(open_vendor):
    """Nothing listens: nothing was sent, and the same may be sent again."""
    vendor = open_vendor()
    backend = vendor.connect()
    _ = backend.machine()
    vendor.stop()
    with pytest.raises(ThrottledError, match="nothing was sent"):
        backend.submit(smallest(), intent())


@pytest.mark.parametrize("fault", ["400", "403", "409", "422"])
def test_a_certain_refusal_is_one(open_vendor, fault):
    vendor = open_vendor(fault)
    with pytest.raises(RefusedError) as caught:
        vendor.connect().submit(smallest(), intent())
    assert type(caught.value) is RefusedError
    assert (vendor.posts, vendor.jobs) == (1, [])


def test_the_vendors_pause_is_passed_on(open_vendor):
    with pytest.raises(ThrottledError) as caught:
        open_vendor("429").connect().submit(smallest(), intent())
    assert caught.value.retry_after == 7


@pytest.mark.parametrize("fault", ["401", "500-before-accept", "get-401", "get-500"])
def test_the_key_is_in_no_error(open_vendor, fault):
    """The stub repeats the key in every error, as a vendor might."""
    backend = open_vendor(fault).connect()
    with pytest.raises(QmlError) as caught:
        backend.poll(backend.submit(smallest(), intent()))
    error = caught.value
    assert "[the key]" in error.message
    assert TOKEN not in "".join(traceback.format_exception(error))


def test_an_unknown_machine_is_refused_with_the_names_of_others(open_vendor):
    vendor = open_vendor()
    section = BackendSection(name="ibm.ibm_atlantis", shots=10, ibm=vendor.section)
    backend = open_backend(section, environ=vendor.environ)
    with pytest.raises(RefusedError, match="has no machine `ibm_atlantis`") as caught:
        backend.submit(smallest(), intent())
    assert DEVICE in caught.value.hint


def test_tags_are_compared_exactly(open_vendor):
    """The stub lists every job whose tag begins like the one that is looked for."""
    backend = open_vendor().connect()
    longer = backend.submit(smallest(), intent("key-12"))
    assert backend.find(intent("key-1")) is None
    assert backend.find(intent("key-12")) == longer


def test_planning_asks_nobody(open_vendor):
    """Opening, sizes, seconds and what it is: no request, and no key either."""
    vendor = open_vendor()
    vendor.environ.clear()
    backend = vendor.connect()
    assert [s.measured for s in backend.sizes(smallest())] == [2]
    assert 2 < backend.seconds(smallest()) < 3
    assert backend.estimate(smallest()) is None
    json.dumps([dict(backend.identity()), dict(backend.snapshot())])
    backend.close()
    assert vendor.seen == []


def test_saved_accounts_are_not_read(monkeypatch, tmp_path):
    """The SDK would find an account in its file and in the process' own variables."""
    saved = {"default-ibm-quantum-platform": {"channel": "ibm_quantum_platform", "token": TOKEN}}
    (tmp_path / ".qiskit").mkdir()
    (tmp_path / ".qiskit/qiskit-ibm.json").write_text(json.dumps(saved))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("QISKIT_IBM_TOKEN", TOKEN)
    section = BackendSection(name="ibm.ibm_torino", shots=10)
    backend = open_backend(section, environ={"HOME": str(tmp_path)})
    for question in (backend.ready, backend.machine, lambda: backend.submit(smallest(), intent())):
        with pytest.raises(UsageError, match="there is no key for IBM"):
            question()


@pytest.mark.parametrize("mode", ["batch", "session"])
def test_jobs_are_grouped(open_vendor, mode):
    """One group for all jobs of a process, closed with the backend."""
    section = IbmSection(instance=CRN, mode=mode, max_execution_time=77)
    vendor = open_vendor(section=section)
    backend = vendor.connect()
    for key in ("a", "b"):
        backend.submit(smallest(), intent(key))
    backend.close()
    groups = [(m, p) for m, p, _ in vendor.seen if p.startswith("/sessions")]
    assert groups == [("POST", "/sessions"), ("PATCH", "/sessions/session-1")]
    sent = [body for m, p, body in vendor.seen if (m, p) == ("POST", "/jobs")]
    assert [(s["session_id"], s["cost"]) for s in sent] == [("session-1", 77)] * 2


def test_the_machine_tells_its_queue_and_calibration(open_vendor):
    machine = open_vendor().connect().machine()
    assert machine.available
    assert machine.detail["pending_jobs"] == 3
    assert 0.98 < machine.two_qubit_fidelity < 0.995
    told = datetime.fromisoformat(shipped(DEVICE)[1]["last_update_date"])
    assert datetime.fromtimestamp(machine.calibrated, UTC) == told.replace(tzinfo=UTC)


def test_seconds_that_ibm_counts_are_in_the_usage(open_vendor):
    backend = open_vendor().connect()
    job = backend.submit(smallest(), intent())
    wait_for(backend, job)
    assert backend.fetch(job).usage.seconds == 2.5


def test_what_one_job_cannot_hold_is_cut(open_vendor):
    backend = open_vendor().connect()
    many = Work(circuits=smallest().circuits * 700, shots=10)
    assert [len(part.circuits) for part in backend.split(many)] == [300, 300, 100]
    heavy = Work(circuits=smallest().circuits * 60, shots=100_000)
    assert [len(part.circuits) for part in backend.split(heavy)] == [50, 10]
    with pytest.raises(PlanError, match="takes 100000 shots a circuit"):
        backend.split(Work(circuits=smallest().circuits, shots=100_001))


def test_planning_a_thousand_circuits_takes_less_than_a_second(open_vendor):
    backend = open_vendor().connect()
    backend.seconds(smallest())  # opens the snapshot
    work = Work(circuits=smallest().circuits * 1000, shots=100)
    start = time.perf_counter()
    backend.sizes(work)
    backend.seconds(work)
    assert time.perf_counter() - start < 1
