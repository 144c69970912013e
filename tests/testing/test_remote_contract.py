"""The contract of remote backends catches the mistakes that cost money: each is made on purpose."""

import json
import time
from dataclasses import replace
from decimal import Decimal

import pytest

from qml.backends.base import Results
from qml.backends.remote import Phase
from qml.errors import RefusedError, ThrottledError, TransientError, UnknownSubmissionError
from qml.results.counts import Counts
from qml.results.sizes import CircuitSize
from qml.testing.fake_vendor.account import FakeAccount
from qml.testing.fake_vendor.backend import FakeRemote
from qml.testing.fake_vendor.reply import FakeReply
from qml.testing.remote_contract import RemoteContract
from qml.testing.remote_vendor import ENDLESS, FAILING, FAULTS
from qml.units import Money

REPLIES = {
    **{f.name: FakeReply(told="lost", jobs=int(f.accepted)) for f in FAULTS},
    "401": FakeReply(told="refused", jobs=0),
    "429": FakeReply(told="throttled", jobs=0),
    ENDLESS: FakeReply(polls=10**6),
    FAILING: FakeReply(fate=Phase.FAILED),
}


class FakeSide:
    """The fake vendor as the contract sees it."""

    def __init__(self, kind, fault=None):
        self.kind = kind
        self.account = FakeAccount(None, time.time)
        self.unreachable = int(bool(fault and fault.startswith("get-")))
        if fault in REPLIES:
            self.account.expect(REPLIES[fault])

    @property
    def posts(self):
        return len(self.account.posts)

    @property
    def jobs(self):
        return [job.id for job in self.account.jobs]

    def bill(self, job_id):
        return Money(amount=self.account.look(job_id).bill)

    def gates(self, job_id):
        used = json.loads(self.account.look(job_id).results)["usage"]
        return used["one_qubit"], used["two_qubit"]

    def connect(self):
        backend = self.kind(self.account, circuits_per_job=50)
        backend.unreachable = self.unreachable
        return backend


class TestARightBackend(RemoteContract):
    @pytest.fixture
    def open_vendor(self):
        return lambda fault=None: FakeSide(FakeRemote, fault)


class SendsTwice(FakeRemote):
    """What qiskit-ionq does after 502."""

    def submit(self, work, intent):
        try:
            return super().submit(work, intent)
        except UnknownSubmissionError:
            return super().submit(work, intent)


class TakesLostForRefused(FakeRemote):
    def submit(self, work, intent):
        try:
            return super().submit(work, intent)
        except UnknownSubmissionError as error:
            raise RefusedError(error.message) from error


class TakesThrottledForUnknown(FakeRemote):
    def submit(self, work, intent):
        try:
            return super().submit(work, intent)
        except ThrottledError as error:
            raise UnknownSubmissionError(error.message) from error


class TakesTheFirstOfTwo(FakeRemote):
    def find(self, intent):
        try:
            return super().find(intent)
        except UnknownSubmissionError:
            return None


class FindsNothing(FakeRemote):
    def find(self, intent):
        return None


class GivesUpReading(FakeRemote):
    def poll(self, job):
        try:
            return super().poll(job)
        except TransientError as error:
            raise RefusedError(error.message) from error


class BuysWhenReading(FakeRemote):
    def fetch(self, job):
        self.account.post("again", "", self.device, "{}", Decimal(1))
        return super().fetch(job)


class ForgetsTheMinimum(FakeRemote):
    def billed(self, job):
        return Money(amount=super().billed(job).amount - 1)


class MiscountsGates(FakeRemote):
    def sizes(self, work):
        return [CircuitSize(one_qubit=0, two_qubit=1) for _ in work.circuits]


class ReversesBits(FakeRemote):
    def fetch(self, job):
        found = super().fetch(job)
        turned = tuple(
            Counts(c.wires, {k[::-1]: n for k, n in c.tally.items()}) for c in found.counts
        )
        return Results(counts=turned, usage=found.usage)


class MixesUpTheOrder(FakeRemote):
    def fetch(self, job):
        found = super().fetch(job)
        return Results(counts=found.counts[::-1], usage=found.usage)


class IgnoresTheSeed(FakeRemote):
    def submit(self, work, intent):
        return super().submit(replace(work, seed=0), intent)


class DoesNotCancel(FakeRemote):
    def cancel(self, job):
        pass


class DropsCircuits(FakeRemote):
    def split(self, work):
        return super().split(work)[:5]


class SendsAnything(FakeRemote):
    def submit(self, work, intent):
        self.account.post(intent.key, "", self.device, "{}", Decimal(1))
        return super().submit(work, intent)


class HidesTheKey(FakeRemote):
    def jobs(self, since):
        return [replace(job, key=None) for job in super().jobs(since)]


ONE_REQUEST = "test_a_submission_is_one_request"
MISTAKES = [
    (SendsTwice, ONE_REQUEST, "502-after-accept"),
    (SendsTwice, ONE_REQUEST, "502-before-accept"),
    (TakesLostForRefused, ONE_REQUEST, "drop-after-accept"),
    (TakesThrottledForUnknown, ONE_REQUEST, "429"),
    (FindsNothing, ONE_REQUEST, "504-after-accept"),
    (FindsNothing, "test_a_job_is_found_by_its_key_alone", None),
    (TakesTheFirstOfTwo, "test_two_jobs_of_one_key_are_an_alarm", None),
    (GivesUpReading, "test_questions_may_be_repeated", "502"),
    (BuysWhenReading, "test_reading_changes_nothing", None),
    (ForgetsTheMinimum, "test_what_is_said_is_what_is_counted_and_billed", None),
    (MiscountsGates, "test_what_is_said_is_what_is_counted_and_billed", None),
    (ReversesBits, "test_bits_are_in_order", None),
    (MixesUpTheOrder, "test_a_batch_keeps_its_order", None),
    (MixesUpTheOrder, "test_every_gate_does_what_its_matrix_says", None),
    (IgnoresTheSeed, "test_seeds_repeat_and_differ", None),
    (DoesNotCancel, "test_a_job_can_be_cancelled", None),
    (DropsCircuits, "test_splitting_keeps_everything", None),
    (SendsAnything, "test_what_it_cannot_do_is_refused_unsent", None),
    (HidesTheKey, "test_the_account_is_listed", None),
]


@pytest.mark.parametrize("kind, test, fault", MISTAKES)
def test_a_mistake_is_caught(kind, test, fault, monkeypatch):
    monkeypatch.setattr("qml.testing.remote_vendor.PATIENCE", 0.1)

    def open_vendor(wanted=None):
        return FakeSide(kind, wanted)

    faults = {f.name: f for f in FAULTS}
    vendor = open_vendor()
    arguments = {
        ONE_REQUEST: (open_vendor, faults.get(fault)),
        "test_questions_may_be_repeated": (open_vendor, fault),
        "test_a_job_can_be_cancelled": (open_vendor,),
        "test_seeds_repeat_and_differ": (open_vendor,),
    }
    takes_vendor = {
        "test_a_job_is_found_by_its_key_alone",
        "test_two_jobs_of_one_key_are_an_alarm",
        "test_reading_changes_nothing",
        "test_what_is_said_is_what_is_counted_and_billed",
        "test_what_it_cannot_do_is_refused_unsent",
    }
    given = arguments.get(test, (vendor if test in takes_vendor else vendor.connect(),))
    with pytest.raises((AssertionError, pytest.fail.Exception, TimeoutError, RefusedError)):
        getattr(RemoteContract(), test)(*given)
