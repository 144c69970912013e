"""What became of a submission whose answer was lost."""

import pytest

from qml.errors import InterruptedRunError, TransientError, UnknownSubmissionError
from qml.execution.stop import StopRequest
from qml.execution.submission.buyer import Policy
from qml.execution.submission.draft import State
from qml.testing.crashes import CrashPoint, FakeCrash
from qml.testing.fake_run import RUN_ID
from qml.testing.fake_vendor import FakeReply


def lost(**how):
    return FakeReply(told="lost", **how)


def test_a_listed_job_is_adopted_at_once(run, batch):
    run.account.expect(lost())
    run.whole([batch])
    assert run.clock.slept == 0
    assert run.progress.said == ["adopted job fake-1: it was sent before, and not lost"]
    assert len(run.account.posts) == 2


@pytest.mark.parametrize("late", [{"hidden_questions": 3}, {"hidden_seconds": 59.0}])
def test_a_late_listing_is_waited_for(run, batch, late):
    run.account.expect(lost(**late))
    run.whole([batch])
    assert run.states() == [State.SETTLED, State.SETTLED]
    assert 0 < run.clock.slept <= 60
    assert len(run.account.jobs) == 2


def test_after_the_grace_it_stops_and_says_what_to_do(run, batch):
    run.account.expect(lost(hidden_seconds=61.0))
    with pytest.raises(UnknownSubmissionError, match="may or may not") as caught:
        run.whole([batch])
    (entry, other) = run.journal.entries.values()
    assert (entry.state, other.state) == (State.UNKNOWN, State.INTENDED)
    assert entry.key in caught.value.details
    assert f"qml jobs adopt {entry.key}" in caught.value.hint
    assert f"resume {RUN_ID} --on-unknown resubmit" in caught.value.hint
    assert run.clock.slept == pytest.approx(60)
    run.clock.sleep(10)
    run.whole([batch])
    assert len(run.account.jobs) == 2, "by now it is listed, and adopted"


def test_a_look_is_taken_after_the_whole_grace(run, batch):
    run.account.expect(lost(hidden_seconds=6.99))
    run.buyer(policy=Policy(grace=7.0)).run(batch.work, batch.name)
    assert len(run.account.jobs) == 2


@pytest.mark.parametrize("jump", [-1e6, 1e6])
def test_the_wall_clock_may_jump(run, batch, jump):
    """The grace is counted anew in each process, by a clock that does not jump."""
    never = FakeReply(jobs=0, told="lost")
    run.account.expect(never)
    with pytest.raises(UnknownSubmissionError):
        run.whole([batch])
    slept = run.clock.slept
    run.clock.jump(jump)
    with pytest.raises(UnknownSubmissionError):
        run.whole([batch])
    assert run.clock.slept - slept == pytest.approx(60)


def test_two_jobs_of_one_key_alarm_every_time(run, batch):
    run.account.expect(lost(jobs=2))
    for _ in range(3):
        with pytest.raises(UnknownSubmissionError, match="fake-1, fake-2"):
            run.whole([batch])
        assert run.states()[0] is State.UNKNOWN
    with pytest.raises(UnknownSubmissionError, match="fake-1, fake-2"):
        run.buyer(policy=Policy(on_unknown="resubmit")).recover()
    assert len(run.account.posts) == 1


def test_resubmit_sends_the_same_key_again(run, batch):
    run.account.expect(FakeReply(jobs=0, told="lost"))
    with pytest.raises(UnknownSubmissionError):
        run.whole([batch])
    buyer = run.buyer(policy=Policy(on_unknown="resubmit"))
    buyer.recover()
    buyer.run(batch.work, batch.name)
    keys = [key for key, _ in run.account.posts]
    assert keys[0] == keys[1]
    assert run.states() == [State.SETTLED, State.SETTLED]


def test_sending_of_a_dead_session_is_reconciled(run, batch):
    with pytest.raises(FakeCrash):
        run.whole([batch], _crash_in(run, batch))
    assert run.states()[0] is State.SENDING
    run.whole([batch])
    assert len(run.account.jobs) == 2


def _crash_in(run, batch):
    """Return a point after the first request; operations are counted on a run apart."""
    counted = CrashPoint()
    apart = type(run)()
    apart.whole([batch], counted)
    apart.close()
    return CrashPoint(counted.calls.index("FakeRemote.submit") + 1, after=True)


def test_a_silent_vendor_leaves_it_unknown(run, batch):
    run.account.expect(lost())
    run.backend.unreachable = 10
    with pytest.raises(TransientError):
        run.whole([batch])
    assert run.states()[0] is State.UNKNOWN
    run.whole([batch])
    assert len(run.account.jobs) == 2


def test_waiting_for_a_listing_can_be_stopped(run, batch):
    stop = StopRequest()
    run.account.expect(lost(hidden_seconds=30))
    real = run.backend.find

    def find(intent):
        stop.requested = True
        return real(intent)

    run.backend.find = find
    with pytest.raises(InterruptedRunError):
        run.buyer(stop=stop).run(batch.work, batch.name)
    assert run.states()[0] is State.UNKNOWN


def test_recovery_settles_what_the_run_never_comes_to_again(run, batch):
    with pytest.raises(FakeCrash):
        run.whole([batch], _crash_in(run, batch))
    run.buyer().recover()
    assert run.states() == [State.SETTLED, State.INTENDED]
    assert len(run.store.kept) == 1
