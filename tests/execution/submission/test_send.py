"""Each answer of a vendor, and the state that it leaves."""

import pytest

from qml.errors import (
    InterruptedRunError,
    PlanError,
    ProviderError,
    RefusedError,
    UnknownSubmissionError,
)
from qml.execution.stop import StopRequest
from qml.execution.submission.buyer import Policy
from qml.execution.submission.draft import State
from qml.execution.submission.send import MOST_POSTS
from qml.testing.fake_vendor import FakeReply

THROTTLED = FakeReply(jobs=0, told="throttled")


def states_of(run):
    return [(old, new) for _, old, new in run.journal.moves if new is not State.INTENDED or old]


def submit_raises(run, error, *, accepted=False):
    real = run.backend.submit

    def submit(work, intent):
        if accepted:
            real(work, intent)
        raise error

    run.backend.submit = submit
    return real


def test_accepted(run, batch):
    run.whole([batch])
    assert run.states() == [State.SETTLED, State.SETTLED]
    first = run.journal.moves[2:4]
    assert [(m.old, m.new) for m in first] == [
        (State.INTENDED, State.SENDING),
        (State.SENDING, State.SUBMITTED),
    ]


def test_sending_is_written_before_the_request(run, batch):
    seen = []
    real = run.backend.submit

    def submit(work, intent):
        seen.append(run.journal.entries[intent.key].state)
        return real(work, intent)

    run.backend.submit = submit
    run.whole([batch])
    assert seen == [State.SENDING, State.SENDING]


def test_refused(run, batch):
    run.account.expect(FakeReply(jobs=0, told="refused"))
    with pytest.raises(RefusedError):
        run.whole([batch])
    assert run.states() == [State.REFUSED, State.INTENDED]
    assert len(run.account.posts) == 1
    run.whole([batch])
    assert run.states() == [State.REFUSED, State.SETTLED, State.SETTLED]
    assert len({key for key, _ in run.account.posts}) == 3, "a new purchase has a new key"


def test_throttled_waits_as_asked_and_sends_the_same_key(run, batch):
    run.account.expect(FakeReply(jobs=0, told="throttled", retry_after=42.0), THROTTLED)
    run.whole([batch])
    keys = [key for key, _ in run.account.posts]
    assert keys[0] == keys[1] == keys[2] != keys[3]
    assert run.clock.slept == pytest.approx(42 + 2)


def test_throttled_without_end_gives_up(run, batch):
    run.account.expect(*[THROTTLED] * MOST_POSTS)
    with pytest.raises(RefusedError, match=r"nothing in 20 attempts: \w+"):
        run.whole([batch])
    assert run.states() == [State.CANCELLED, State.INTENDED]
    assert len(run.account.posts) == MOST_POSTS
    assert run.account.jobs == []


@pytest.mark.parametrize("error", [UnknownSubmissionError("lost"), ProviderError("odd answer")])
def test_an_unclear_answer_is_looked_up_and_adopted(run, batch, error):
    real = submit_raises(run, error, accepted=True)
    run.whole([batch])
    assert real
    assert run.states() == [State.SETTLED, State.SETTLED]
    assert len(run.account.jobs) == len(run.account.posts) == 2
    assert (State.SENDING, State.UNKNOWN) in states_of(run)


def test_any_other_error_leaves_unknown_with_its_reason(run, batch):
    real = submit_raises(run, PlanError("a bug in the plug-in"), accepted=True)
    with pytest.raises(PlanError):
        run.whole([batch])
    (first, _) = run.journal.entries.values()
    assert first.state is State.UNKNOWN
    assert first.detail == "PlanError: a bug in the plug-in"
    run.backend.submit = real
    run.whole([batch])
    assert len(run.account.jobs) == 2


def test_ctrl_c_inside_the_request_leaves_sending(run, batch):
    real = submit_raises(run, KeyboardInterrupt(), accepted=True)
    with pytest.raises(KeyboardInterrupt):
        run.whole([batch])
    assert run.states() == [State.SENDING, State.INTENDED]
    run.backend.submit = real
    run.whole([batch])
    assert run.states() == [State.SETTLED, State.SETTLED]
    assert len(run.account.jobs) == 2


def test_who_asked_to_stop_pays_for_nothing_more(run, batch):
    stop = StopRequest()
    stop.requested = True
    with pytest.raises(InterruptedRunError):
        run.buyer(stop=stop).run(batch.work, batch.name)
    assert run.account.posts == []
    assert run.states() == [State.INTENDED, State.INTENDED]


def test_resubmission_happens_once(run, batch):
    """A vendor that accepts and never lists must not sell the same job over and over."""
    never = FakeReply(told="lost", hidden_seconds=1e9)
    run.account.expect(*[never] * 30)
    buyer = run.buyer(policy=Policy(on_unknown="resubmit", grace=5))
    with pytest.raises(UnknownSubmissionError):
        buyer.run(batch.work, batch.name)
    assert len(run.account.posts) == 2


def test_a_lost_journal_does_not_buy_again(run, batch):
    """The first session died with its journal: the second looks before it sends."""
    first = run.whole([batch])
    run.journal.entries.clear()
    run.store.kept.clear()
    buyer = run.buyer(policy=Policy(search=True))
    assert buyer.run(batch.work, batch.name).counts == first[0].counts
    assert len(run.account.jobs) == len(run.states())


def test_a_long_wait_is_told(run, batch):
    run.account.expect(FakeReply(jobs=0, told="throttled", retry_after=30.0))
    run.whole([batch])
    assert any("waiting 30 s" in sentence for sentence in run.progress.said)
