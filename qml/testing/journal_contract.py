"""The contract of the ledger on any database, and with it of every journal of submissions.

```python
class TestMine(JournalContract):
    @pytest.fixture
    def factory(self):
        def make(*, clock, caps): ...  # opens the same, at first empty, ledger
        return make
```
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol
from uuid import uuid4

import pytest

from qml.errors import BudgetError, LedgerError
from qml.execution.submission.draft import Draft, Entry, Estimate, State, allowed
from qml.ledger import Caps, Ledger

NOON = 1_795_262_400.0
"""2026-11-21, 12:00 UTC."""

HOUR = 3600.0
DAY = 24 * HOUR
_ARROWS = {
    State.INTENDED: (),
    State.SENDING: (State.SENDING,),
    State.UNKNOWN: (State.SENDING, State.UNKNOWN),
    State.SUBMITTED: (State.SENDING, State.SUBMITTED),
    State.SETTLED: (State.SENDING, State.SUBMITTED, State.SETTLED),
    State.REFUSED: (State.SENDING, State.REFUSED),
    State.FAILED: (State.SENDING, State.SUBMITTED, State.FAILED),
    State.CANCELLED: (State.CANCELLED,),
}


@dataclass(slots=True)
class FakeClock:
    """A clock that tells what it is told.

    Attributes:
        moment: Seconds since the epoch.
    """

    moment: float = NOON

    def now(self) -> float:
        """Return the moment."""
        return self.moment

    def monotonic(self) -> float:
        """Return the moment too."""
        return self.moment


class Factory(Protocol):
    """Opens the same ledger, at first empty, as often as it is asked."""

    def __call__(self, *, clock: FakeClock, caps: Caps) -> Ledger:
        """Open it."""
        ...


def draft(
    high: str = "10.00", *, run_id: str = "one", currency: str = "USD", name: str = "step/0/0/0"
) -> Draft:
    """Make a draft with a key of its own, priced at up to `high`."""
    key = str(uuid4())
    price = Decimal(high)
    return Draft(
        key=key,
        run_id=run_id,
        name=name,
        provider="fake",
        device="machine",
        digest=f"digest of {key}",
        circuits=2,
        shots=200,
        one_qubit=12,
        two_qubit=3,
        estimate=Estimate(
            low=price / 4,
            expected=price / 2,
            high=price,
            currency=currency,
            tariff_date="2026-11-01",
            tariff_source="a price list",
        ),
    )


def walk(ledger: Ledger, key: str, state: State) -> None:
    """Bring an intent to a state on the way that submission takes."""
    for step in _ARROWS[state]:
        _move(ledger, key, step)


def _move(ledger: Ledger, key: str, state: State) -> Entry:
    """Move an intent with what the state needs; a settled job costs 1.00."""
    job = f"job {key}" if state is State.SUBMITTED else None
    bill = Decimal(1) if state is State.SETTLED else None
    return ledger.move(key, state, job_id=job, billed=bill)


def _assert_held(ledger: Ledger, wanted: Draft, state: State) -> None:
    """An intent of 4.00, alone in its run, holds what its state says."""
    (entry,) = ledger.history(wanted.run_id, wanted.name)
    held = ledger.balance(f"run:{wanted.run_id}")
    assert entry.state is state
    assert held.reserved == entry.reserved == (0 if state.final else 4)
    assert held.settled == (1 if state is State.SETTLED else 0)
    assert ledger.open(wanted.run_id) == ([] if state.final else [entry])


class JournalContract:
    """Inherit it in a test class and override the fixture `factory`."""

    @pytest.fixture
    def factory(self) -> Factory:
        """What opens the ledger under test."""
        raise NotImplementedError("override the fixture `factory`")

    @pytest.fixture
    def clock(self) -> FakeClock:
        """The clock of the ledger under test."""
        return FakeClock()

    @pytest.fixture
    def ledger(self, factory: Factory, clock: FakeClock) -> Iterator[Ledger]:
        """The ledger under test, with a cap of 25 USD a run and 40 altogether."""
        caps = Caps(run=Decimal(25), project=Decimal(40))
        with factory(clock=clock, caps=caps) as opened:
            yield opened
            assert opened.audit() == []

    def test_an_intent_is_kept_as_it_was_written(
        self, ledger: Ledger, factory: Factory, clock: FakeClock
    ) -> None:
        """Another process reads what this one wrote, prices to the millionth included."""
        wanted = draft("10.000004")
        (entry,) = ledger.intend([wanted])
        assert entry.draft == wanted
        assert (entry.state, entry.job_id, entry.billed) == (State.INTENDED, None, None)
        assert (entry.created, entry.updated, entry.sent) == (NOON, NOON, None)
        with factory(clock=clock, caps=Caps()) as other:
            assert other.history("one", wanted.name) == [entry]
            assert other.open("one") == [entry]

    def test_all_or_none(self, ledger: Ledger) -> None:
        """A batch that does not fit as a whole leaves no trace."""
        with pytest.raises(BudgetError, match=r"25\.00 USD for run one"):
            ledger.intend([draft("10"), draft("10"), draft("5.000001")])
        assert ledger.entries() == []
        assert ledger.balance("project").reserved == 0
        ledger.intend([draft("10"), draft("10"), draft("5.00")])

    def test_the_same_intent_is_written_once(self, ledger: Ledger) -> None:
        """A key with its digest is returned as it is; with another digest it is refused."""
        wanted = draft("20")
        first, twice = ledger.intend([wanted, wanted])
        assert first == twice
        sent = ledger.move(wanted.key, State.SENDING)
        assert ledger.intend([wanted]) == [sent]
        assert ledger.balance("run:one").reserved == 20  # noqa: PLR2004 - reserved once
        with pytest.raises(LedgerError, match="for other work"):
            ledger.intend([replace(wanted, digest="other"), draft("1")])
        assert len(ledger.entries()) == 1

    @pytest.mark.parametrize("old", list(State))
    def test_only_the_arrows_are_gone(self, ledger: Ledger, old: State) -> None:
        """Every pair of states: allowed as `draft.allowed` says, money and open list with it."""
        for new in State:
            wanted = draft("4.00", run_id=f"to {new}")
            ledger.intend([wanted])
            walk(ledger, wanted.key, old)
            if allowed(old, new):
                assert _move(ledger, wanted.key, new).state is new
            else:
                with pytest.raises(LedgerError, match="cannot become"):
                    _move(ledger, wanted.key, new)
            _assert_held(ledger, wanted, new if allowed(old, new) else old)

    def test_a_bill_takes_the_place_of_the_reserve(self, ledger: Ledger) -> None:
        """Settled for less than reserved, the rest is free again; failed jobs may be billed."""
        good, failed = draft("15"), draft("10")
        ledger.intend([good, failed])
        walk(ledger, good.key, State.SUBMITTED)
        walk(ledger, failed.key, State.SUBMITTED)
        with pytest.raises(BudgetError):
            ledger.intend([draft("0.01")])
        assert ledger.move(good.key, State.SETTLED, billed=Decimal("14.5")).billed == Decimal(
            "14.5"
        )
        ledger.move(failed.key, State.FAILED, billed=Decimal("0.25"), detail="too hot")
        assert ledger.balance("run:one").settled == Decimal("14.75")
        assert ledger.balance("run:one").remaining == Decimal("10.25")
        ledger.intend([draft("10.25")])

    def test_a_repeated_move_changes_no_money(self, ledger: Ledger) -> None:
        """A process that died after writing may write again; another bill or job is refused."""
        wanted = draft("15")
        ledger.intend([wanted])
        walk(ledger, wanted.key, State.SETTLED)
        ledger.move(wanted.key, State.SETTLED, billed=Decimal(1))
        with pytest.raises(LedgerError, match=r"1\.00 USD, not 5\.00 USD"):
            ledger.move(wanted.key, State.SETTLED, billed=Decimal(5))
        with pytest.raises(LedgerError, match="cannot have other too"):
            ledger.move(wanted.key, State.SETTLED, job_id="other")
        assert ledger.balance("run:one").settled == 1

    def test_what_is_incomplete_is_refused(self, ledger: Ledger) -> None:
        """No submission without a job, no settlement without a bill, no bill below zero."""
        wanted = draft("15")
        ledger.intend([wanted])
        ledger.move(wanted.key, State.SENDING)
        with pytest.raises(LedgerError, match="without a vendor's job"):
            ledger.move(wanted.key, State.SUBMITTED)
        ledger.move(wanted.key, State.SUBMITTED, job_id="j")
        for bill in (None, Decimal(-1), Decimal("NaN"), Decimal("1e30")):
            with pytest.raises(LedgerError):
                ledger.move(wanted.key, State.SETTLED, billed=bill)
        with pytest.raises(LedgerError, match="no intent"):
            ledger.move("nobody", State.SENDING)
        assert ledger.open("one")[0].state is State.SUBMITTED

    def test_caps_of_runs_and_project(self, ledger: Ledger) -> None:
        """A second run has its own cap, and the project's besides; the message tells the sums."""
        ledger.intend([draft("25")])
        ledger.intend([draft("14", run_id="two")])
        with pytest.raises(BudgetError, match=r"40\.00 USD for the project") as caught:
            ledger.intend([draft("2", run_id="two")])
        assert "0.00 USD settled, 39.00 USD reserved, 2.00 USD needed" in caught.value.message
        assert "41.00 USD" in str(caught.value.details)
        assert ledger.remaining("two") == (Decimal(1), "project", "USD")

    def test_free_jobs_pass_an_exhausted_budget(self, ledger: Ledger) -> None:
        """A simulator goes on where money has run out, whatever its currency."""
        ledger.intend([draft("25")])
        ledger.intend([draft("0"), draft("0", currency="EUR")])
        with pytest.raises(BudgetError, match="run one"):
            ledger.intend([draft("0"), draft("0.01")])

    def test_a_currency_without_a_cap_is_refused(self, ledger: Ledger) -> None:
        """A budget in dollars does not let euros pass; a cap in euros does, up to it."""
        with pytest.raises(BudgetError, match="priced in EUR, but the budget is in USD"):
            ledger.intend([draft("1", currency="EUR")])
        ledger.set_cap("run", Decimal(3), "EUR")
        ledger.intend([draft("2", currency="EUR"), draft("25")])
        with pytest.raises(BudgetError, match=r"2\.00 EUR reserved"):
            ledger.intend([draft("2", currency="EUR")])
        assert ledger.balance("run:one", "EUR").remaining == 1

    def test_days_and_months_are_those_of_the_intent(
        self, factory: Factory, clock: FakeClock
    ) -> None:
        """What was intended before midnight UTC counts for that day, whenever it is settled."""
        with factory(clock=clock, caps=Caps(day=Decimal(10), month=Decimal(25))) as ledger:
            late = draft("10")
            ledger.intend([late])
            with pytest.raises(BudgetError, match="day 2026-11-21"):
                ledger.intend([draft("1")])
            clock.moment += 12 * HOUR
            walk(ledger, late.key, State.SUBMITTED)
            ledger.move(late.key, State.SETTLED, billed=Decimal(9))
            assert ledger.balance("day:2026-11-21").settled == 9  # noqa: PLR2004 - its bill
            assert ledger.balance("day").settled == 0
            ledger.intend([draft("10")])
            clock.moment += DAY
            with pytest.raises(BudgetError, match="month 2026-11 would"):
                ledger.intend([draft("7")])
            clock.moment += 10 * DAY
            ledger.intend([draft("7")])

    def test_a_clock_that_jumps(self, ledger: Ledger, clock: FakeClock) -> None:
        """Order is the order of writing; moments are told as the clock told them."""
        wanted, after = draft("5"), draft("5")
        ledger.intend([wanted])
        clock.moment -= 400 * DAY
        ledger.move(wanted.key, State.SENDING)
        ledger.intend([after])
        clock.moment += 800 * DAY
        entry = ledger.move(wanted.key, State.SUBMITTED, job_id="j")
        assert (entry.created, entry.sent) == (NOON, NOON - 400 * DAY)
        assert [e.key for e in ledger.open("one")] == [wanted.key, after.key]
        states = [step.new for step in ledger.transitions(wanted.key)]
        assert states == [State.INTENDED, State.SENDING, State.SUBMITTED]

    def test_beats(self, ledger: Ledger, clock: FakeClock) -> None:
        """The latest sign of life of each run is kept."""
        ledger.beat("one", {"phase": "queued", "position": 4})
        ledger.beat("two", {})
        clock.moment += 5
        ledger.beat("one", {"phase": "running"})
        one, two = ledger.beats()
        assert (one.run_id, one.moment, one.facts["phase"]) == ("one", NOON + 5, "running")
        assert (two.moment, two.facts) == (NOON, {})
