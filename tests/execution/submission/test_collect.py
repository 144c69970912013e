"""Bringing jobs home: wait, fetch, store, settle."""

from dataclasses import replace
from decimal import Decimal

import pytest

from qml.backends.remote import Phase
from qml.errors import InterruptedRunError, JobFailedError, ProviderError
from qml.execution.stop import StopRequest
from qml.execution.submission.draft import State
from qml.testing.crashes import CrashPoint
from qml.testing.fake_run import RUN_ID
from qml.testing.fake_vendor import FakeReply
from qml.units import Money


def test_results_are_stored_before_they_are_settled(run, batch):
    point = CrashPoint()
    run.whole([batch], point)
    calls = point.calls[point.calls.index("FakeRemote.fetch") :]
    order = ["FakeRemote.fetch", "FakeStore.put", "FakeRemote.billed", "FakeJournal.move"]
    assert calls[:4] == order


def test_the_store_knows_where_results_come_from(run, batch):
    run.whole([batch])
    for entry in run.journal.entries.values():
        assert run.store.kept[entry.draft.digest].facts == {
            "provider": "fake",
            "device": "one",
            "job_id": entry.job_id,
            "key": entry.key,
            "run_id": RUN_ID,
            "name": entry.draft.name,
        }


def test_what_was_stored_and_not_settled_is_not_fetched_again(run, batch):
    point = CrashPoint()
    apart = type(run)()
    apart.whole([batch], point)
    apart.close()
    number = point.calls.index("FakeStore.put") + 1
    with pytest.raises(BaseException, match="put"):
        run.whole([batch], CrashPoint(number, after=True))
    again = CrashPoint()
    run.whole([batch], again)
    assert again.calls.count("FakeRemote.fetch") == 1, "the second part alone"
    assert run.states() == [State.SETTLED, State.SETTLED]


def test_waiting_beats(run, batch):
    run.account.expect(FakeReply(polls=3))
    run.whole([batch])
    assert [beat["phase"] for beat in run.journal.beats] == ["queued", "queued", "running"]
    assert {beat["run_id"] for beat in run.journal.beats} == {RUN_ID}
    assert run.journal.beats[0]["submission"] == "step/0/0"


def test_pauses_grow_to_ten_seconds(run, batch):
    run.account.expect(FakeReply(polls=40))
    run.whole([batch])
    assert 200 < run.clock.slept < 400


@pytest.mark.parametrize("fate", [Phase.FAILED, Phase.CANCELLED])
def test_a_job_that_fails_is_bought_anew_on_resume(run, batch, fate):
    run.account.expect(FakeReply(fate=fate))
    with pytest.raises(JobFailedError, match=rf"fake-1 .* {fate}.*nothing was billed") as caught:
        run.whole([batch])
    assert f"qml runs resume {RUN_ID}" in caught.value.hint
    assert run.states() == [State(fate.value), State.SUBMITTED]
    run.whole([batch])
    assert run.states() == [State(fate.value), State.SETTLED, State.SETTLED]
    assert len(run.account.posts) == 3
    generations = [entry.draft.generation for entry in run.journal.entries.values()]
    assert generations == [0, 0, 1]


def test_a_failed_job_that_was_billed_in_another_currency_counts_its_estimate(run, batch):
    run.account.expect(FakeReply(fate=Phase.FAILED))
    run.backend.billed = lambda job: Money(amount=Decimal("1.20"), currency="EUR")
    with pytest.raises(JobFailedError):
        run.whole([batch])
    first = next(iter(run.journal.entries.values()))
    assert first.billed == first.draft.estimate.expected
    assert "1.20 EUR" in first.detail


def test_a_job_that_failed_meanwhile_is_told_of_and_bought_anew(run, batch):
    run.account.expect(FakeReply(fate=Phase.FAILED, polls=9))
    stop = StopRequest()
    real = run.backend.poll

    def poll(job):
        stop.requested = True
        return real(job)

    run.backend.poll = poll
    with pytest.raises(InterruptedRunError):
        run.buyer(stop=stop).run(batch.work, batch.name)
    assert run.states() == [State.SUBMITTED, State.SUBMITTED]
    run.backend.poll = real
    run.whole([batch])
    assert run.states() == [State.FAILED, State.SETTLED, State.SETTLED]
    assert len(run.progress.said) == 1
    assert run.progress.said[0].endswith("it is bought anew")


@pytest.mark.parametrize(
    "bill, settled, detail",
    [
        (None, "1.40", "tells no bill"),
        (Money(amount=Decimal("1.35")), "1.35", None),
        (Money(amount=Decimal("1.20"), currency="EUR"), "1.40", "another currency"),
        (Money(amount=Decimal(0), currency="HQC"), "0", None),
    ],
)
def test_bills(run, batch, bill, settled, detail):
    run.backend.billed = lambda job: bill
    run.whole([batch])
    first = next(iter(run.journal.entries.values()))
    assert first.billed == Decimal(settled)
    assert (first.detail is None) if detail is None else (detail in first.detail)


def test_results_of_another_number_of_circuits_are_not_stored(run, batch):
    real = run.backend.fetch
    run.backend.fetch = lambda job: replace(real(job), counts=real(job).counts[:1])
    with pytest.raises(ProviderError, match="1 circuits instead of 2"):
        run.whole([batch])
    assert run.store.kept == {}
    run.backend.fetch = real
    run.whole([batch])
    assert len(run.account.posts) == 2
