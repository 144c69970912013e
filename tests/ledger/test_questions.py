"""Costs, caps, corrections and adoptions, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from qml.errors import BudgetError, LedgerError, UsageError
from qml.execution.submission.draft import State
from qml.ledger import Caps, Ledger, open_ledger
from qml.testing.journal_contract import DAY, HOUR, NOON, Factory, FakeClock, draft, walk


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def ledger(factory: Factory, clock: FakeClock) -> Iterator[Ledger]:
    with factory(clock=clock, caps=Caps(run=Decimal(25), month=Decimal(100))) as opened:
        yield opened
        assert opened.audit() == []


def test_a_cap_that_was_lowered_holds_for_what_was_not_sent_yet(ledger: Ledger) -> None:
    kept, sent = draft("10"), draft("5")
    ledger.intend([kept, sent])
    ledger.move(sent.key, State.SENDING)
    ledger.set_cap("run:one", Decimal(12))
    with pytest.raises(BudgetError, match=r"15\.00 USD reserved"):
        ledger.intend([kept])
    assert ledger.intend([sent])[0].state is State.SENDING, "what was sent is followed up"
    ledger.set_cap("run:one", Decimal(15))
    assert ledger.intend([kept])[0].state is State.INTENDED


def test_costs_by_anything(ledger: Ledger, clock: FakeClock) -> None:
    ledger.set_cap("project", Decimal(50), "EUR")
    bought, waiting = draft("10"), draft("2", run_id="two")
    other = replace(draft("3.5", run_id="two", currency="EUR"), device="simulator")
    ledger.intend([bought, waiting])
    walk(ledger, bought.key, State.SETTLED)
    clock.moment += DAY
    ledger.intend([other])
    rows = {
        by: [(r.name, r.settled, r.reserved, r.jobs, r.currency) for r in ledger.costs(by)]
        for by in ("run", "day", "backend")
    }
    euros = (0, Decimal("3.5"), 0, "EUR")
    assert rows["run"] == [("one", 1, 0, 1, "USD"), ("two", 0, 2, 0, "USD"), ("two", *euros)]
    assert rows["day"] == [("2026-11-21", 1, 2, 1, "USD"), ("2026-11-22", *euros)]
    assert rows["backend"] == [("fake.machine", 1, 2, 1, "USD"), ("fake.simulator", *euros)]


def test_projects_in_one_database_are_apart(cluster, tmp_path, clock: FakeClock) -> None:
    url = cluster.new_database()
    caps = Caps(project=Decimal(10))
    with (
        open_ledger(url, tmp_path, project="a", caps=caps, clock=clock) as a,
        open_ledger(url, tmp_path, project="b", caps=caps, clock=clock) as b,
    ):
        mine = draft("10")
        a.intend([mine])
        b.intend([draft("10"), draft("0")])
        assert len(a.entries()) == 1
        assert [(row.name, row.reserved) for row in a.costs("project")] == [("a", 10), ("b", 10)]
        with pytest.raises(LedgerError, match="another project"):
            b.intend([mine])
        with pytest.raises(LedgerError, match="no intent"):
            b.move(mine.key, State.SENDING)
        assert b.account(mine.key) == []
        assert b.transitions(mine.key) == []


def test_entries_are_chosen(ledger: Ledger, clock: FakeClock) -> None:
    first, second = draft("1"), draft("1", run_id="two")
    ledger.intend([first])
    clock.moment += HOUR
    ledger.intend([second])
    ledger.move(second.key, State.SENDING)
    assert [e.key for e in ledger.entries()] == [first.key, second.key]
    assert [e.key for e in ledger.entries("one")] == [first.key]
    assert [e.key for e in ledger.entries(states={State.SENDING})] == [second.key]
    assert [e.key for e in ledger.entries(since=NOON + HOUR)] == [second.key]
    assert ledger.entries("one", {State.SENDING}) == []
    assert ledger.entries(states=()) == []


def test_an_intent_is_found_by_prefix_and_job(ledger: Ledger) -> None:
    one, two = replace(draft("1"), key="aa_1"), replace(draft("1"), key="aab2")
    ledger.intend([one, two])
    walk(ledger, one.key, State.SUBMITTED)
    assert ledger.get("aa_1") == ledger.get("aa_") == ledger.get("job aa_1")
    assert [e.key for e in ledger.jobs("job aa_1")] == ["aa_1"]
    with pytest.raises(LedgerError, match="fits 2 intents") as caught:
        ledger.get("aa")
    assert "aab2" in str(caught.value.details)
    for unknown in ("", "%", "b", "job"):
        with pytest.raises(LedgerError, match="no intent"):
            ledger.get(unknown)


def test_a_correction_is_a_new_entry(ledger: Ledger) -> None:
    wanted = draft("10")
    ledger.intend([wanted])
    with pytest.raises(LedgerError, match="no bill yet"):
        ledger.adjust(wanted.key, Decimal(1), "early")
    walk(ledger, wanted.key, State.SETTLED)
    ledger.adjust(wanted.key, Decimal("1.25"), "a fee")
    assert ledger.adjust(wanted.key, Decimal("0.5"), "a refund").billed == Decimal("0.5")
    assert [(b.kind, b.amount, b.note) for b in ledger.account(wanted.key)] == [
        ("estimate", 5, None),
        ("reserve", 10, None),
        ("void", 10, None),
        ("settle", 1, None),
        ("adjust", Decimal("0.25"), "a fee"),
        ("adjust", Decimal("-0.75"), "a refund"),
    ]
    assert {b.tariff_date for b in ledger.account(wanted.key)} == {"2026-11-01"}
    assert ledger.balance("run:one").settled == Decimal("0.5")
    with pytest.raises(LedgerError, match="never negative"):
        ledger.adjust(wanted.key, Decimal(-1), "a gift")


def test_a_failed_job_may_be_billed_later(ledger: Ledger) -> None:
    wanted = draft("10")
    ledger.intend([wanted])
    walk(ledger, wanted.key, State.FAILED)
    assert ledger.entries()[0].billed is None
    ledger.adjust(wanted.key, Decimal(2), "billed all the same")
    assert ledger.costs("run")[0].settled == 2


@pytest.mark.parametrize("state", list(State))
def test_only_what_may_exist_is_adopted(ledger: Ledger, state: State) -> None:
    wanted = draft("10")
    ledger.intend([wanted])
    walk(ledger, wanted.key, state)
    if state in {State.INTENDED, State.SENDING, State.UNKNOWN}:
        adopted = ledger.adopt(wanted.key, "vendor 7")
        assert (adopted.state, adopted.job_id) == (State.SUBMITTED, "vendor 7")
        assert ledger.adopt(wanted.key, "vendor 7").job_id == "vendor 7"
    with pytest.raises(LedgerError, match="only one that is"):
        ledger.adopt(wanted.key, "vendor 8")


def test_a_job_is_adopted_once(ledger: Ledger) -> None:
    one, two = draft("10"), draft("10")
    ledger.intend([one, two])
    ledger.adopt(one.key, "vendor 7")
    with pytest.raises(LedgerError, match=f"belongs to intent {one.key}"):
        ledger.adopt(two.key, "vendor 7")


def test_the_lowest_cap_holds(ledger: Ledger) -> None:
    assert ledger.remaining("one") == (25, "run:one", "USD")
    ledger.set_cap("run:one", Decimal(30))
    assert ledger.remaining("one") == (25, "run:one", "USD")
    ledger.set_cap("run:one", Decimal(20))
    ledger.set_cap("day", Decimal("19.99"))
    assert ledger.remaining("one") == (Decimal("19.99"), "day:2026-11-21", "USD")
    assert ledger.remaining("two") == (Decimal("19.99"), "day:2026-11-21", "USD")
    with pytest.raises(BudgetError, match=r"19\.99 USD for day") as caught:
        ledger.intend([draft("20")])
    assert "qml budget set" in str(caught.value.hint)
    ledger.set_cap("day", None)
    ledger.intend([draft("20")])
    with pytest.raises(BudgetError) as caught:
        ledger.intend([draft("1")])
    assert "--max-cost" in str(caught.value.hint)
    assert [(c.scope, c.amount, c.source) for c in ledger.caps()] == [
        ("run", 25, "qml.toml"),
        ("month", 100, "qml.toml"),
        ("run:one", 20, "ledger"),
    ]


def test_balances_name_every_scope(ledger: Ledger) -> None:
    ledger.intend([draft("10")])
    assert [(b.scope, b.reserved, b.cap, b.remaining) for b in ledger.balances("one")] == [
        ("run:one", 10, 25, 15),
        ("day:2026-11-21", 10, None, None),
        ("month:2026-11", 10, 100, 90),
        ("project", 10, None, None),
    ]
    assert next(b.scope for b in ledger.balances()) == "day:2026-11-21"
    assert ledger.balance("day:2020-01-01").reserved == 0


def test_without_caps_nothing_is_limited(factory: Factory, clock: FakeClock) -> None:
    with factory(clock=clock, caps=Caps()) as ledger:
        ledger.intend([draft("1000000"), draft("1000000", currency="EUR")])
        assert ledger.remaining("one") is None


def test_a_cap_in_the_ledger_holds_for_every_process(factory: Factory, clock: FakeClock) -> None:
    with factory(clock=clock, caps=Caps()) as one, factory(clock=clock, caps=Caps()) as two:
        one.set_cap("project", Decimal(5))
        with pytest.raises(BudgetError, match=r"5\.00 USD for the project"):
            two.intend([draft("6")])


@pytest.mark.parametrize("scope", ["week", "run:", "", "day-", "Project"])
def test_unknown_scopes_are_refused(ledger: Ledger, scope: str) -> None:
    with pytest.raises(UsageError, match="no scope"):
        ledger.set_cap(scope, Decimal(1))
    with pytest.raises(UsageError):
        ledger.balance(scope)


def test_caps_are_amounts(ledger: Ledger) -> None:
    for amount in ("-1", "NaN", "Infinity", "1e40"):
        with pytest.raises(LedgerError):
            ledger.set_cap("day", Decimal(amount))


def test_history_is_never_rewritten(ledger: Ledger) -> None:
    wanted = draft("10")
    ledger.intend([wanted])
    for table in ("qml_entries", "qml_transitions"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET at = 0"):
            with (
                pytest.raises(LedgerError, match="only appended to"),
                ledger._database.write() as connection,
            ):
                connection.exec_driver_sql(statement)
    assert len(ledger.account(wanted.key)) == 2
