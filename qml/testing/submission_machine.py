"""A state machine that does to a run of paid work whatever the world may do, in any order.

Sessions start, work and are killed at any operation; the vendor loses replies, lists late, makes
two jobs of one request, throttles, refuses, and lets jobs fail; clocks jump, files are lost, the
budget is too low. Whatever came before, at the end a person resumes the run, and everything is as
if nothing had happened.

```python
class TestMine(SubmissionMachine.TestCase): ...
```
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from qml.backends.base import Results
from qml.backends.remote import Phase
from qml.errors import JobFailedError, QmlError, UnknownSubmissionError
from qml.execution.stop import StopRequest
from qml.execution.submission.buyer import Buyer, Policy
from qml.execution.submission.draft import Entry, State
from qml.testing.books import NO_LIMIT, Book, FakeBook
from qml.testing.crashes import CrashPoint, FakeCrash
from qml.testing.fake_run import Batch, FakeRun, batches
from qml.testing.fake_vendor import FakeReply

BATCHES = [*batches(3), Batch("step/3", batches(2)[1].work)]
"""The last place asks for the work of an earlier one once more."""

UNSURE = frozenset({State.SENDING, State.UNKNOWN})
_SESSIONS = 60

FATES = st.sampled_from([Phase.DONE, Phase.DONE, Phase.FAILED, Phase.CANCELLED])
ACCEPTED = st.builds(
    FakeReply,
    jobs=st.sampled_from([1, 1, 1, 2]),
    told=st.sampled_from(["id", "lost"]),
    fate=FATES,
    polls=st.integers(0, 3),
    hidden_questions=st.integers(0, 3),
    hidden_seconds=st.sampled_from([0.0, 5.0, 200.0]),
)
NOT_ACCEPTED = st.builds(
    FakeReply,
    jobs=st.just(0),
    told=st.sampled_from(["lost", "refused", "throttled"]),
    retry_after=st.sampled_from([None, 0.0, 30.0]),
)


@cache
def uninterrupted() -> list[Results]:
    """Return the results of a run to which nothing happens."""
    run = FakeRun()
    found = run.whole(BATCHES)
    run.close()
    return found


class SubmissionMachine(RuleBasedStateMachine):
    """Rules and invariants; override `open_book` to try another journal."""

    def __init__(self) -> None:
        super().__init__()
        self.fake = FakeRun()
        self.book: Book = self.open_book()
        self.most = NO_LIMIT
        self.buyer: Buyer | None = None
        self.stop = StopRequest()
        self.place = 0
        self.by_hand: set[str] = set()
        self.files_lost = False

    def open_book(self) -> Book:
        """Open an empty journal."""
        return FakeBook(self.fake.clock)

    @initialize(jobs=st.sampled_from([100, 100, 5, 3, 1]))
    def limit(self, jobs: int) -> None:
        """Begin with money for some jobs only."""
        self.cap(Decimal("2.00") * jobs)

    @rule(jobs=st.integers(1, 8))
    def raise_cap(self, jobs: int) -> None:
        """Give more money."""
        self.cap(self.most + Decimal("1.75") * jobs)

    @rule(replies=st.lists(ACCEPTED | NOT_ACCEPTED, min_size=1, max_size=3))
    def have_a_bad_day(self, replies: list[FakeReply]) -> None:
        """Script what becomes of the next submissions."""
        self.fake.account.expect(*replies)

    @rule(questions=st.sampled_from([1, 4, 12]))
    def be_unreachable(self, questions: int) -> None:
        """Leave questions without an answer; more than ten in a row end a session."""
        self.fake.backend.unreachable = questions

    @precondition(lambda self: self.fake.account.jobs)
    @rule(data=st.data())
    def repeat_a_request(self, data: st.DataObject) -> None:
        """Let a gateway make a second job of an old request."""
        job = data.draw(st.sampled_from(self.fake.account.jobs))
        self.fake.account.duplicate(job.id)

    @rule(
        seconds=st.sampled_from([0.5, 30.0, 300.0]),
        jump=st.sampled_from([0.0, -86_400.0, 3_600.0, 1e9]),
    )
    def let_time_pass(self, seconds: float, jump: float) -> None:
        """Wait, and set the wall clock."""
        self.fake.clock.sleep(seconds)
        self.fake.clock.jump(jump)

    @precondition(lambda self: self.fake.store.kept)
    @rule(data=st.data())
    def lose_a_file(self, data: st.DataObject) -> None:
        """Lose stored results."""
        self.files_lost = True
        del self.fake.store.kept[data.draw(st.sampled_from(sorted(self.fake.store.kept)))]

    def start(self, back: int, kill: int | None, *, after: bool) -> None:
        """Start or resume from the last checkpoint, which lies some batches back."""
        self.place = max(0, self.place - back)
        self.stop.requested = False
        crash = CrashPoint(kill, after=after)
        self.buyer = self.session(crash)
        self.survive(self.buyer.recover)

    @rule(
        count=st.sampled_from([4, 2, 1]),
        back=st.integers(0, 3),
        kill=st.integers(5, 70) | st.none(),
        after=st.booleans(),
    )
    def work(self, count: int, back: int, kill: int | None, *, after: bool) -> None:
        """Run the next batches, in a new session where there is none."""
        if self.buyer is None:
            self.start(back, kill, after=after)
        for _ in range(count):
            if self.buyer is not None:
                self.survive(self.step)

    @precondition(lambda self: self.buyer is not None)
    @rule()
    def ask_to_stop(self) -> None:
        """Press Ctrl-C."""
        self.stop.requested = True

    @precondition(lambda self: self.buyer is not None)
    @rule()
    def kill(self) -> None:
        """Kill the process between two operations."""
        self.buyer = None

    @precondition(lambda self: self.buyer is None)
    @rule()
    def help_by_hand(self) -> None:
        """Look at the vendor's console, and adopt the jobs whose answers were lost."""
        self.adopt_all()

    @invariant()
    def no_job_without_an_intent(self) -> None:
        """Whatever is at the vendor is in the journal."""
        keys = {entry.key for entry in self.book.entries()}
        assert {job.key for job in self.fake.account.jobs} <= keys

    @invariant()
    def nothing_is_bought_twice(self) -> None:
        """One accepted request for each key, and one living purchase of each digest.

        Where a file was lost, the place that it was bought for reads it from the vendor again;
        another place does not know of it.
        """
        accepted = Counter(key for key, reply in self.fake.account.posts if reply.jobs)
        assert all(times == 1 for times in accepted.values()), accepted
        living = {job.key for job in self.fake.living()}
        drafts = [entry.draft for entry in self.book.entries() if entry.key in living]
        bought = Counter((d.digest, d.name if self.files_lost else "") for d in drafts)
        assert all(times == 1 for times in bought.values()), bought

    @invariant()
    def the_cap_holds(self) -> None:
        """Settled and reserved together."""
        assert self.book.held() <= self.most
        assert self.book.problems() == []

    @invariant()
    def two_jobs_are_never_adopted(self) -> None:
        """Where a lost reply made two jobs, only a person chooses."""
        states = {entry.key: entry.state for entry in self.book.entries()}
        doubled = {k for k, r in self.fake.account.posts if r.jobs > 1 and r.told == "lost"}
        assert all(states[key] in UNSURE for key in doubled - self.by_hand)

    def teardown(self) -> None:
        """Let the storm pass, resume until the run is through, and compare."""
        try:
            self.buyer = None
            self.calm_down()
            assert self.finale() == uninterrupted()
            self.all_is_settled()
            self.no_job_without_an_intent()
            self.nothing_is_bought_twice()
            self.the_cap_holds()
        finally:
            self.book.close()
            self.fake.close()

    def calm_down(self) -> None:
        """Give enough money, and a vendor on a good day."""
        self.cap(NO_LIMIT)
        self.fake.account.calm()
        self.fake.backend.unreachable = 0
        self.stop.requested = False

    def finale(self) -> list[Results]:
        """Resume as a person would."""
        policy = Policy()
        for _ in range(_SESSIONS):
            with suppress(UnknownSubmissionError, JobFailedError):
                return self.through(policy)
            self.adopt_all()
            unsure = any(entry.state in UNSURE for entry in self.book.entries())
            policy = Policy(on_unknown="resubmit" if unsure else "stop")
        raise AssertionError("the run does not come to an end")

    def through(self, policy: Policy) -> list[Results]:
        """Run from the first batch to the last."""
        buyer = self.session(CrashPoint(), policy)
        buyer.recover()
        found = [buyer.run(batch.work, batch.name) for batch in BATCHES]
        buyer.finish()
        return found

    def all_is_settled(self) -> None:
        """Check that the vendor's living jobs are the settled intents, and their bills the same."""
        entries = self.book.entries()
        assert all(entry.state.final for entry in entries)
        settled = {entry.job_id: entry for entry in entries if entry.state is State.SETTLED}
        jobs = {job.id: job for job in self.fake.living()}
        assert {e.key for e in settled.values()} == {job.key for job in jobs.values()}
        assert set(settled) <= set(jobs)
        assert self.book.held() == sum(jobs[str(name)].bill for name in settled)

    def adopt_all(self) -> None:
        """Adopt the first job of every intent whose outcome is unknown."""
        for entry in self.book.entries():
            mine = [job for job in self.fake.account.jobs if job.key == entry.key]
            if entry.state in UNSURE and mine:
                self.book.adopt(entry.key, mine[0].id)
                self.by_hand.add(entry.key)

    def session(self, crash: CrashPoint, policy: Policy | None = None) -> Buyer:
        """Open a buyer on what outlived the last one."""
        return self.fake.buyer(crash, policy=policy, stop=self.stop, journal=self.book.journal)

    def step(self) -> None:
        """Run the next batch, or finish."""
        assert self.buyer is not None
        if self.place == len(BATCHES):
            self.buyer.finish()
            return
        batch = BATCHES[self.place]
        assert self.buyer.run(batch.work, batch.name) == uninterrupted()[self.place]
        self.place += 1

    def survive(self, call: Callable[[], Any]) -> None:
        """Do it; whatever qml raises on purpose, and a crash, ends the session."""
        try:
            call()
        except (FakeCrash, QmlError):
            self.buyer = None
        self.settled_stays()

    def settled_stays(self) -> None:
        """Check that every settled intent names its job."""
        settled: list[Entry] = [e for e in self.book.entries() if e.state is State.SETTLED]
        assert all(entry.job_id is not None for entry in settled)

    def cap(self, most: Decimal) -> None:
        """Set the cap."""
        self.most = most
        self.book.cap(most)
