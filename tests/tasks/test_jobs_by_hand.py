"""`qml jobs`: listed, shown, cancelled and adopted, at a vendor that does what it is told to."""

from dataclasses import replace

import pytest
from tasks.market import RUN, SENT, SETTLED, draft, put

from qml.backends.base import Intent
from qml.backends.remote import Phase
from qml.circuits import Work
from qml.errors import LedgerError, ProviderError, UsageError
from qml.execution.submission.draft import State
from qml.tasks.jobs import adopt, cancel, job_document, jobs_document
from qml.testing import circuits
from qml.testing.fake_vendor import FakeAccount, FakeRemote, FakeReply

WORK = Work(circuits=(circuits.bell(),), shots=10)


def _sent(market, key, **reply) -> str:
    """Send a job to the vendor; return its id."""
    with market.account() as account:
        assert isinstance(account, FakeAccount)
        account.expect(FakeReply(**reply))
        return FakeRemote(account, device="two").submit(WORK, Intent(key=key, digest="d")).id


def _phase(market, job):
    with market.account() as account:
        return account.look(job).phase


def test_the_list_is_in_order_and_filtered(market, check):
    with market.ledger() as ledger:
        put(ledger, draft("k1"), *SETTLED, job="j1", bill="9.50")
        put(ledger, draft("k2", run_id="r2"), *SENT, job="j2")
        put(ledger, draft("k3"), State.SENDING, State.UNKNOWN)

    def keys(**wanted):
        facts = {"run_id": None, "states": [], **wanted}
        document = check(jobs_document(market.loaded(), market.world, **facts))
        return [job["intent"] for job in document["jobs"]]

    assert keys() == ["k1", "k2", "k3"]
    assert keys(run_id=RUN) == ["k1", "k3"]
    assert keys(states=["settled", "submitted"]) == ["k1", "k2"]
    assert keys(run_id="r2", states=["unknown"]) == []


def test_a_row_tells_money_and_job(market, check):
    with market.ledger() as ledger:
        put(ledger, draft("k1"), *SETTLED, job="j1", bill="9.50")
        put(ledger, draft("k2"), *SENT, job="j2")
    rows = check(jobs_document(market.loaded(), market.world, run_id=None, states=[]))["jobs"]
    assert [(r["estimated"], r["reserved"], r["billed"]) for r in rows] == [
        ("10.00", "0.00", "9.50"),
        ("10.00", "12.00", None),
    ]
    assert rows[0]["gates"] == {"1q": 20, "2q": 5}
    assert rows[1]["provider_job_id"] == "j2"


@pytest.mark.parametrize("asked", ["k1-of-many", "k1", "j1"])
def test_one_is_shown_by_key_prefix_or_job(market, check, asked):
    with market.ledger() as ledger:
        put(ledger, draft("k1-of-many"), *SETTLED, job="j1", bill="9.50")
        put(ledger, draft("k2"))
    found = check(job_document(market.loaded(), market.world, asked))
    assert found["job"]["intent"] == "k1-of-many"
    assert [t["to"] for t in found["transitions"]] == [
        "intended",
        "sending",
        "submitted",
        "settled",
    ]
    booked = [(b["kind"], b["amount"]) for b in found["account"]]
    assert booked[:2] == [("estimate", "10.00"), ("reserve", "12.00")]
    assert ("settle", "9.50") in booked
    assert found["account"][0]["tariff_date"] == "2026-11-01"
    with pytest.raises(LedgerError):
        job_document(market.loaded(), market.world, "nobody")


def test_what_was_never_sent_is_dropped_here(market, check):
    with market.ledger() as ledger:
        put(ledger, draft("k1"))
    found = check(cancel(market.loaded(), market.world, "k1"))
    assert (found["job"]["state"], found["job"]["reserved"]) == ("cancelled", "0.00")
    assert found["job"]["detail"] == "cancelled by hand"
    with market.account() as account:
        assert account.posts == []


def test_what_waits_is_cancelled_at_the_vendor(market, check):
    job = _sent(market, "k1", polls=50)
    with market.ledger() as ledger:
        put(ledger, draft("k1"), *SENT, job=job)
    found = check(cancel(market.loaded(), market.world, "k1"))["job"]
    assert _phase(market, job) is Phase.CANCELLED
    assert (found["state"], found["reserved"], found["billed"]) == ("cancelled", "0.00", "0.00")


def test_what_failed_meanwhile_is_written_as_failed(market):
    job = _sent(market, "k1", fate=Phase.FAILED)
    with market.ledger() as ledger:
        put(ledger, draft("k1"), *SENT, job=job)
    assert cancel(market.loaded(), market.world, "k1")["job"]["state"] == "failed"


@pytest.mark.parametrize("states", [SETTLED, (*SENT, State.FAILED), (State.CANCELLED,)])
def test_what_is_over_is_not_cancelled(market, states):
    with market.ledger() as ledger:
        put(ledger, draft("k1"), *states, job="j1", bill="0")
        before = ledger.get("k1")
        with pytest.raises(UsageError, match="there is nothing to cancel"):
            cancel(market.loaded(), market.world, "k1")
        assert ledger.get("k1") == before


@pytest.mark.parametrize("states", [(State.SENDING,), (State.SENDING, State.UNKNOWN)])
def test_what_the_vendor_does_not_list_is_dropped_after_the_grace_period(market, check, states):
    with market.ledger() as ledger:
        put(ledger, draft("k1"), *states)
    with pytest.raises(UsageError, match="may not list it yet"):
        cancel(market.loaded(), market.world, "k1")
    patient = market.loaded()
    section = patient.config.backend.model_copy(update={"grace": 0.0})
    hasty = replace(patient, config=patient.config.model_copy(update={"backend": section}))
    found = check(cancel(hasty, market.world, "k1"))["job"]
    assert (found["state"], found["reserved"]) == ("cancelled", "0.00")


def test_a_lost_answer_is_cancelled_where_its_job_is_found(market, check):
    job = _sent(market, "k1", polls=50)
    with market.ledger() as ledger:
        put(ledger, draft("k1"), State.SENDING, State.UNKNOWN)
    found = check(cancel(market.loaded(), market.world, "k1"))["job"]
    assert (found["state"], found["provider_job_id"]) == ("cancelled", job)
    assert _phase(market, job) is Phase.CANCELLED


def test_a_lost_answer_is_adopted(market, check):
    job = _sent(market, "k0")
    with market.ledger() as ledger:
        put(ledger, draft("k1"), State.SENDING, State.UNKNOWN)
    with pytest.raises(UsageError, match="carries the key k0"):
        adopt(market.loaded(), market.world, "k1", job)
    with pytest.raises(ProviderError, match="knows no job"):
        adopt(market.loaded(), market.world, "k1", "fake-77")
    mine = _sent(market, "k1")
    found = check(adopt(market.loaded(), market.world, "k1", mine))["job"]
    assert (found["state"], found["provider_job_id"]) == ("submitted", mine)


def test_what_is_settled_adopts_nothing(market):
    job = _sent(market, "k1")
    with market.ledger() as ledger:
        put(ledger, draft("k1"), *SETTLED, job="j1", bill="1")
    with pytest.raises(LedgerError):
        adopt(market.loaded(), market.world, "k1", job)
