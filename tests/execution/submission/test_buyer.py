"""What is bought, and what is not."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from qml.circuits import Work
from qml.errors import BudgetError, ProviderError, UnknownSubmissionError
from qml.execution.submission.buyer import Policy
from qml.execution.submission.draft import State
from qml.records.results import ResultFiles
from qml.results.usage import Usage
from qml.testing import circuits
from qml.testing.fake_run import RUN_ID, batches
from qml.testing.fake_vendor import FakeReply

OTHER = {"run": UUID(int=5), "run_id": "other"}


def posts(run):
    return len(run.account.posts)


def test_a_batch_is_split_and_put_together_in_order(run, batch):
    (found,) = run.whole([batch])
    assert len(found.counts) == 3
    assert found.usage.submissions == 2
    assert run.meter.total.shots == 60
    assert [row["name"] for row in run.trail.rows] == ["step/0/0", "step/0/1"]
    assert [row["key"] for row in run.trail.rows] == list(run.journal.entries)


def test_equal_circuits_in_two_parts_are_two_samples(run):
    work = Work(circuits=(circuits.uniform(6),) * 4, shots=50, seed=3)
    found = run.buyer().run(work, "step/0")
    assert len(run.account.jobs) == 2
    tallies = [tuple(sorted(c.tally.items())) for c in found.counts]
    assert len(set(tallies)) == 4


def test_the_same_place_again_is_stored(run, batch):
    first = run.whole([batch])
    assert run.whole([batch]) == first
    assert posts(run) == 2
    rows = run.trail.rows
    assert rows[2:] == rows[:2], "a resumed run repeats rows, with the key that was paid for"


def test_the_same_work_at_another_place_is_one_result(run, batch):
    buyer = run.buyer()
    assert buyer.run(batch.work, "a") == buyer.run(batch.work, "b")
    assert posts(run) == 2
    assert run.trail.rows[-1]["key"] is None


@pytest.mark.parametrize("reuse, bought", [(True, 2), (False, 4)])
def test_another_run_uses_it_again_where_it_may(run, batch, reuse, bought):
    run.whole([batch])
    run.buyer(policy=Policy(reuse=reuse), **OTHER).run(batch.work, batch.name)
    assert posts(run) == bought


def test_without_reuse_a_run_still_keeps_its_own(run, batch):
    fresh = Policy(reuse=False)
    for _ in range(2):
        buyer = run.buyer(policy=fresh)
        buyer.run(batch.work, batch.name)
        buyer.run(batch.work, "again")
    assert posts(run) == 2
    run.buyer(policy=fresh, **OTHER).run(batch.work, batch.name)
    assert posts(run) == 4
    run.buyer(policy=fresh).run(batch.work, batch.name)
    assert posts(run) == 4, "its file was replaced by the other run's; the vendor still has it"


def test_a_lost_file_is_read_again_and_not_bought(run, batch):
    first = run.whole([batch])
    run.store.kept.clear()
    assert run.whole([batch]) == first
    assert posts(run) == 2
    assert len(run.store.kept) == 2


def test_results_lost_everywhere_are_bought_anew_on_request(run, batch):
    first = run.whole([batch])
    run.store.kept.clear()
    real = run.backend.fetch
    old = {job.id for job in run.account.jobs}

    def fetch(job):
        if job.id in old:
            raise ProviderError("results are kept for 30 days")
        return real(job)

    run.backend.fetch = fetch
    with pytest.raises(ProviderError, match=r"were paid for.*30 days") as caught:
        run.whole([batch])
    assert "--on-unknown resubmit" in caught.value.hint
    assert posts(run) == 2
    again = run.buyer(policy=Policy(on_unknown="resubmit")).run(batch.work, batch.name)
    assert again == first[0]
    assert posts(run) == 4


def test_a_cap_that_is_too_low_sends_nothing(run, batch):
    run.journal.cap = Decimal("3.00")
    with pytest.raises(BudgetError):
        run.whole([batch])
    assert run.journal.entries == {}
    assert posts(run) == 0
    run.journal.cap = Decimal("3.25")
    run.whole([batch])
    assert run.journal.held == run.account.charged == Decimal("2.60")


def test_stale_intents_hold_no_money(run, batch):
    """A crashed session intended other work at this place; its reserve must not be in the way."""
    run.account.expect(FakeReply(jobs=0, told="refused"))
    with pytest.raises(ProviderError):
        run.whole([batch])
    assert run.states() == [State.REFUSED, State.INTENDED]
    run.journal.cap = Decimal("3.25")
    run.buyer().run(replace(batch.work, seed=77), batch.name)
    assert run.states() == [
        State.REFUSED, State.CANCELLED, State.SETTLED, State.SETTLED,
    ]  # fmt: skip


def test_an_intent_whose_results_came_from_elsewhere_is_dropped(run, batch):
    run.account.expect(FakeReply(jobs=0, told="refused"))
    with pytest.raises(ProviderError):
        run.whole([batch])
    run.buyer(**OTHER).run(batch.work, batch.name)
    run.whole([batch])
    assert run.states()[:2] == [State.REFUSED, State.CANCELLED]
    assert posts(run) == 3


def test_finish_drops_what_was_never_sent(run, batch):
    run.account.expect(FakeReply(jobs=0, told="refused"))
    with pytest.raises(ProviderError):
        run.whole([batch])
    run.buyer().finish()
    assert run.states() == [State.REFUSED, State.CANCELLED]
    assert run.journal.held == 0


def test_finish_leaves_what_is_unsure(run, batch):
    run.account.expect(FakeReply(jobs=0, told="lost"))
    with pytest.raises(UnknownSubmissionError):
        run.whole([batch])
    run.buyer().finish()
    assert run.states() == [State.UNKNOWN, State.CANCELLED]
    assert run.journal.held > 0


def test_runs_do_not_see_each_other(run):
    for batch in batches(2):
        run.buyer().run(batch.work, batch.name)
    assert run.journal.open("other") == []
    assert run.journal.history("other", "step/0/0") == []


@pytest.mark.parametrize("state", [State.SUBMITTED, State.UNKNOWN])
def test_a_job_on_another_machine_is_left_to_it(run, batch, state):
    run.buyer().run(batch.work, batch.name)
    key = next(iter(run.journal.entries))
    entry = run.journal.entries[key]
    there = replace(entry.draft, device="another-machine")
    run.journal.entries[key] = replace(entry, draft=there, state=state, billed=None)
    fetched = dict(run.store.kept)
    run.buyer(policy=Policy(on_unknown="resubmit")).recover()
    assert run.journal.entries[key].state is state
    assert run.store.kept == fetched
    assert "another-machine" in run.progress.said[-1]


def test_a_replay_reads_the_sample_of_the_run_that_it_repeats(run, batch, tmp_path):
    run.store = ResultFiles(tmp_path, run.progress)
    (first,) = run.whole([batch])
    real = run.backend.fetch
    run.backend.fetch = lambda job: replace(real(job), usage=Usage(seconds=7.0))  # another sample
    fresh = {**OTHER, "policy": Policy(reuse=False)}
    again = run.buyer(**fresh).run(batch.work, batch.name)
    assert again != first
    bought = posts(run)
    replay = {"run": UUID(int=6), "run_id": "replay"}
    for parent, its in [("other", again), (RUN_ID, first)]:
        assert run.buyer(**replay, parent=parent).run(batch.work, batch.name) == its
    assert posts(run) == bought


def test_a_replay_whose_store_is_lost_reads_again_what_its_parent_bought(run, batch):
    first = run.whole([batch])
    bought = posts(run)
    run.store.kept.clear()
    replay = run.buyer(run=UUID(int=6), run_id="replay", parent=RUN_ID)
    assert [replay.run(batch.work, batch.name)] == first
    assert posts(run) == bought
