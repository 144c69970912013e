"""The contract that every remote backend passes, against a vendor on the loopback.

```python
class TestMine(RemoteContract):
    @pytest.fixture
    def open_vendor(self):
        with ExitStack() as stack:
            yield lambda fault=None: stack.enter_context(my_vendor(fault))
```

It is about money first: a submission is one request, whatever becomes of the answer, and its error
says what may be done next. The vendor runs without noise; a statistical test fails a right backend
once in a million runs.
"""

import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from qml.backends.base import Job
from qml.backends.remote import Phase, RemoteBackend, is_remote
from qml.circuits import Circuit, Work, z
from qml.errors import PlanError, ProviderError, QmlError, TransientError, UnknownSubmissionError
from qml.testing import circuits
from qml.testing.remote_counts import RemoteCountsContract
from qml.testing.remote_vendor import (
    ENDLESS,
    FAILING,
    FAULTS,
    READ_FAULTS,
    Fault,
    Opener,
    Vendor,
    intent,
    smallest,
    wait_for,
)


class RemoteContract(RemoteCountsContract):
    """Inherit it in a test class and override the fixture `open_vendor`."""

    def smallest(self) -> Work:
        """Return the cheapest work; a machine that runs no gates overrides it."""
        return smallest()

    def test_it_says_what_it_is(self, backend: RemoteBackend) -> None:
        """Remote, billed under its own name, ready; identity and snapshot are JSON."""
        backend.ready()
        assert is_remote(backend)
        assert (backend.capabilities.billing or ())[:2] == (backend.provider, backend.device)
        assert json.loads(json.dumps(dict(backend.identity()))) == dict(backend.identity())
        assert json.loads(json.dumps(dict(backend.snapshot())))["name"] == backend.name

    def test_a_job_is_found_by_its_key_alone(self, vendor: Vendor) -> None:
        """Another process finds it, reads it, and no other."""
        backend, work = vendor.connect(), self.smallest()
        assert backend.find(intent("never sent")) is None
        job = backend.submit(work, intent("mine"))
        backend.submit(replace(work, seed=9), intent("another"))
        again = vendor.connect()
        assert again.find(intent("mine")) == Job(id=job.id)
        assert again.find(intent("never sent")) is None
        wait_for(again, job)
        assert again.fetch(Job(id=job.id)).counts == backend.fetch(job).counts

    def test_two_jobs_of_one_key_are_an_alarm(self, vendor: Vendor) -> None:
        """Both ids are named, none is chosen."""
        backend, work = vendor.connect(), self.smallest()
        ids = [backend.submit(work, intent("mine")).id for _ in range(2)]
        with pytest.raises(UnknownSubmissionError) as caught:
            backend.find(intent("mine"))
        assert all(job_id in str(caught.value) for job_id in ids)

    @pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
    def test_a_submission_is_one_request(self, open_vendor: Opener, fault: Fault) -> None:
        """One request under every fault, the right class of error, and the job is found again."""
        vendor = open_vendor(fault.name)
        backend = vendor.connect()
        with _whatever_is_warned_of(), pytest.raises(QmlError) as caught:
            backend.submit(self.smallest(), intent("mine"))
        assert type(caught.value) is fault.error
        assert vendor.posts == 1
        found = vendor.connect().find(intent("mine"))
        assert list(vendor.jobs) == ([found.id] if found is not None else [])
        assert (found is not None) == fault.accepted

    @pytest.mark.parametrize("fault", READ_FAULTS)
    def test_questions_may_be_repeated(self, open_vendor: Opener, fault: str) -> None:
        """A question that gets no answer says so, and the next one is answered."""
        vendor = open_vendor(f"get-{fault}")
        backend = vendor.connect()
        job = backend.submit(self.smallest(), intent("mine"))
        with _whatever_is_warned_of(), pytest.raises(TransientError):
            backend.poll(job)
        assert wait_for(backend, job).phase is Phase.DONE
        assert vendor.posts == 1

    def test_reading_changes_nothing(self, vendor: Vendor) -> None:
        """Asked twice, everything is answered twice the same, and nothing is bought."""
        backend = vendor.connect()
        job = backend.submit(self.smallest(), intent("mine"))
        wait_for(backend, job)
        for question in (backend.poll, backend.fetch, backend.billed):
            assert question(job) == question(job)
        assert backend.machine().available
        assert vendor.posts == 1

    def test_a_job_can_be_cancelled(self, open_vendor: Opener) -> None:
        """What waits is dropped, has no results and costs nothing."""
        backend = open_vendor(ENDLESS).connect()
        job = backend.submit(self.smallest(), intent("mine"))
        assert not backend.poll(job).phase.final
        backend.cancel(job)
        assert wait_for(backend, job).phase is Phase.CANCELLED
        _assert_without_results(backend, job)

    def test_a_failed_job_says_why(self, open_vendor: Opener) -> None:
        """The vendor's reason is passed on."""
        backend = open_vendor(FAILING).connect()
        job = backend.submit(self.smallest(), intent("mine"))
        progress = wait_for(backend, job)
        assert progress.phase is Phase.FAILED
        assert progress.detail
        _assert_without_results(backend, job)

    def test_splitting_keeps_everything(self, backend: RemoteBackend) -> None:
        """What fits stays one job; parts put together are the batch."""
        small = self.smallest()
        assert list(backend.split(small)) == [small]
        many = replace(small, circuits=small.circuits * 6000)
        parts = backend.split(many)
        assert tuple(c for part in parts for c in part.circuits) == many.circuits
        assert {part.shots for part in parts} == {many.shots}

    def test_what_it_cannot_do_is_refused_unsent(self, vendor: Vendor) -> None:
        """Too wide, or exact: refused before anything leaves."""
        backend = vendor.connect()
        wide = Work(circuits=(Circuit(backend.capabilities.qubits + 1, ()),), shots=10)
        exact = Work(circuits=(circuits.bell(),), observables=(z(0),))
        for work in (wide, exact):
            with pytest.raises(PlanError):
                backend.submit(work, intent("mine"))
        assert vendor.posts == 0

    def test_the_account_is_listed(self, backend: RemoteBackend) -> None:
        """Every job with its key, since a moment."""
        job = backend.submit(self.smallest(), intent("mine"))
        (listed,) = backend.jobs(since=0.0)
        assert (listed.id, listed.key) == (job.id, "mine")
        assert listed.submitted is None or not list(backend.jobs(since=listed.submitted + 1))


@contextmanager
def _whatever_is_warned_of() -> Iterator[None]:
    """Let a client warn that it repeats: as an error the warning would end the repetition."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _assert_without_results(backend: RemoteBackend, job: Job) -> None:
    with pytest.raises(ProviderError) as caught:
        backend.fetch(job)
    assert not isinstance(caught.value, TransientError)
    bill = backend.billed(job)
    assert bill is None or not bill.amount
