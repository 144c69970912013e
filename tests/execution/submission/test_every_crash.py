"""Killed before and after every single operation, a resumed run ends as if nothing had happened."""

import contextlib

import pytest

from qml.errors import UnknownSubmissionError
from qml.execution.submission.buyer import Policy
from qml.execution.submission.draft import State
from qml.testing.crashes import CrashPoint, FakeCrash
from qml.testing.fake_run import FakeRun, batches
from qml.testing.fake_vendor import FakeReply

BATCHES = batches(3)
REPLIES = [FakeReply(polls=1), FakeReply(jobs=0, told="throttled", retry_after=3.0)]


def fresh():
    run = FakeRun()
    run.account.expect(*REPLIES)
    return run


@pytest.fixture(scope="module")
def right():
    """Results and operations of the run that nobody interrupts."""
    run, point = fresh(), CrashPoint()
    found = run.whole(BATCHES, point)
    yield found, point.calls, [job.results for job in run.living()]
    run.close()


def crash(run, number, after):
    """Run a session that is killed at an operation."""
    try:
        run.whole(BATCHES, CrashPoint(number, after=after))
    except FakeCrash:
        return
    raise AssertionError(f"operation {number} was never reached")


def resume(run, policy=None):
    """Resume; where the vendor truly has no job, say to send it again, as a person would."""
    with contextlib.suppress(UnknownSubmissionError):
        return run.whole(BATCHES)
    (lost,) = [e for e in run.journal.entries.values() if e.state is State.UNKNOWN]
    assert lost.key not in {job.key for job in run.account.jobs}, "what is listed is adopted"
    buyer = run.buyer(policy=Policy(on_unknown="resubmit"))
    buyer.recover()
    found = [buyer.run(batch.work, batch.name) for batch in BATCHES]
    buyer.finish()
    return found


def assert_as_uninterrupted(run, found, right):
    results, _, jobs = right
    assert found == results
    assert sorted(job.results for job in run.account.jobs) == sorted(jobs)
    settled = [e for e in run.journal.entries.values() if e.state is State.SETTLED]
    assert {e.job_id for e in settled} == {job.id for job in run.account.jobs}
    assert {e.key for e in settled} == {job.key for job in run.account.jobs}
    assert run.journal.held == run.journal.settled == run.account.charged


def test_the_run_has_operations_of_every_kind(right):
    kinds = {name.partition(".")[2] for name in right[1]}
    assert kinds == {
        "intend", "move", "history", "open", "beat", "submit", "poll", "fetch", "billed", "get",
        "put", "add",
    }  # fmt: skip
    assert len(right[2]) == 6


def test_one_crash(right):
    for after in (False, True):
        for number in range(1, len(right[1]) + 1):
            run = fresh()
            crash(run, number, after)
            assert_as_uninterrupted(run, resume(run), right)
            run.close()


def test_two_crashes(right):
    """The recovery is killed too, at each of its own first operations."""
    places = range(3, len(right[1]) + 1, 11)
    for number in places:
        for second in range(1, 10):
            run = fresh()
            crash(run, number, after=True)
            with contextlib.suppress(FakeCrash, UnknownSubmissionError):
                run.whole(BATCHES, CrashPoint(second, after=bool(second % 2)))
            assert_as_uninterrupted(run, resume(run), right)
            run.close()


def test_a_crash_before_the_request_needs_a_person(right):
    number = right[1].index("FakeRemote.submit") + 1
    run = fresh()
    crash(run, number, after=False)
    with pytest.raises(UnknownSubmissionError, match="may or may not"):
        run.whole(BATCHES)
    assert run.account.jobs == []
    run.close()


def test_a_crash_after_the_request_needs_nobody(right):
    number = right[1].index("FakeRemote.submit") + 1
    run = fresh()
    crash(run, number, after=True)
    assert_as_uninterrupted(run, run.whole(BATCHES), right)
    assert len(run.progress.said) == 1
    assert "adopted job fake-1" in run.progress.said[0]
    run.close()
