"""`qml costs reconcile` against a vendor whose bills, jobs and answers are made up here."""

from decimal import Decimal

from tasks.market import SENT, SETTLED, draft, put

from qml.execution.submission.draft import State
from qml.tasks.reconcile import reconcile
from qml.testing.fake_vendor import FakeAccount, FakeReply


def _job(account: FakeAccount, key: str, price: str) -> str:
    _, made = account.post(key, "d", "two", '{"counts": [], "usage": {}}', Decimal(price))
    return made[0]


def _found(market, check):
    return check(reconcile(market.loaded(), market.world))


def test_a_bill_that_is_right_is_no_drift(market, check):
    with market.account() as account, market.ledger() as ledger:
        put(ledger, draft("k1"), *SETTLED, job=_job(account, "k1", "10"), bill="10")
        found = _found(market, check)
        assert [b.kind for b in ledger.account("k1")].count("adjust") == 0
    assert (found["asked"], found["drift"], found["unknown"], found["not_asked"]) == (1, [], [], [])


def test_a_drift_from_the_estimate_is_told_and_from_the_ledger_is_corrected(market, check):
    with market.account() as account, market.ledger() as ledger:
        put(ledger, draft("k1"), *SETTLED, job=_job(account, "k1", "9"), bill="9")
        put(ledger, draft("k2"), *SETTLED, job=_job(account, "k2", "11.25"), bill="10")
        put(ledger, draft("k3"), *SENT, job=_job(account, "k3", "10"))
        before = ledger.account("k2")
        found = _found(market, check)
        assert found["asked"] == 2, "k3 is not settled"
        assert [(d["intent"], d["ledger"], d["vendor"], d["adjusted"]) for d in found["drift"]] == [
            ("k1", "9.00", "9.00", False),
            ("k2", "10.00", "11.25", True),
        ]
        after = ledger.account("k2")
        assert after[: len(before)] == before, "what is written stays"
        assert [(b.kind, b.amount) for b in after[len(before) :]] == [("adjust", Decimal("1.25"))]
        assert ledger.get("k2").billed == Decimal("11.25")
        assert ledger.audit() == []
        again = _found(market, check)
        assert [d["adjusted"] for d in again["drift"]] == [False, False]
        assert ledger.account("k2") == after, "a second time there is nothing to correct"


def test_a_job_that_the_ledger_does_not_know(market, check):
    with market.account() as account, market.ledger() as ledger:
        put(ledger, draft("k1"), *SETTLED, job=_job(account, "k1", "10"), bill="10")
        stranger = _job(account, "theirs", "3")
    (found,) = _found(market, check)["unknown"]
    assert found["provider_job_id"] == stranger
    assert (found["backend"], found["key"]) == ("fake.two", "theirs")


def test_a_vendor_that_cannot_be_asked_keeps_nobody_from_asking_the_others(market, check):
    with market.account() as account, market.ledger() as ledger:
        put(ledger, draft("k0", provider="gone", device="x"), *SETTLED, job="j0", bill="1")
        put(ledger, draft("k1", provider="ionq", device="forte-1"), *SETTLED, job="j1", bill="1")
        put(ledger, draft("k2"), *SETTLED, job="fake-99", bill="10")
        put(ledger, draft("k3", device="one"), *SETTLED, job=_job(account, "k3", "8"), bill="8")
        found = _found(market, check)
    refused = {row["backend"]: row["reason"] for row in found["not_asked"]}
    assert set(refused) == {"gone.x", "ionq.forte-1", "fake.two"}
    assert "unknown backend `gone.x`" in refused["gone.x"] or "gone" in refused["gone.x"]
    assert "knows no job fake-99" in refused["fake.two"]
    assert [d["intent"] for d in found["drift"]] == ["k3"]


def test_noise_of_a_simulator_keeps_nobody_from_asking_for_a_machines_bill(market, check):
    """`[backend]` is that of the project's next run, perhaps of a simulator."""
    with market.account() as account, market.ledger() as ledger:
        put(ledger, draft("k1"), *SETTLED, job=_job(account, "k1", "10"), bill="10")
    found = check(reconcile(market.loaded(backend__noise__depolarizing=0.1), market.world))
    assert (found["asked"], found["not_asked"]) == (1, [])


def test_nothing_was_bought(market, check):
    assert _found(market, check)["asked"] == 0


def test_a_job_of_a_lost_answer_is_found(market, check):
    """Its intent waits for a person; its job is shown with the key that it carries."""
    with market.account() as account, market.ledger() as ledger:
        account.expect(FakeReply(told="lost"))
        _job(account, "k1", "10")
        put(ledger, draft("k1"), State.SENDING, State.UNKNOWN)
    assert [row["key"] for row in _found(market, check)["unknown"]] == ["k1"]
