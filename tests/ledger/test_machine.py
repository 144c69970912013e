"""A state machine against a model in plain Python, on SQLite and on PostgreSQL."""

import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from ledger.cluster import Cluster

from qml.errors import BudgetError, LedgerError
from qml.execution.submission.draft import Draft, State, allowed
from qml.ledger import Caps, open_ledger
from qml.testing.journal_contract import DAY, FakeClock, draft

CAPS = {"run": 6, "day": 9, "month": 14, "project": 20}
RUNS = ("one", "two", "three")
prices = st.sampled_from(["0", "0.000002", "0.5", "1.25", "2.999998", "5"])
parts = st.sampled_from(["0", "0.3", "1"])


@dataclass
class Known:
    """What the model knows of an intent."""

    draft: Draft
    scopes: tuple[str, ...]
    state: State = State.INTENDED
    billed: Decimal | None = None
    account: list[tuple[str, Decimal]] = field(default_factory=list)

    @property
    def price(self) -> Decimal:
        return self.draft.estimate.high

    @property
    def held(self) -> Decimal:
        return (self.billed or Decimal(0)) if self.state.final else self.price


class Machine(RuleBasedStateMachine):
    """Bills and corrections stay within the reserve: then no cap is ever exceeded."""

    keys = Bundle("keys")
    url: str | None = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.clock = FakeClock()
        amounts = {kind: Decimal(cap) for kind, cap in CAPS.items()}
        self.ledger = open_ledger(
            self.url,
            Path(self.folder),
            project=str(uuid4()),
            caps=Caps(**amounts),
            clock=self.clock,
        )
        self.known: dict[str, Known] = {}

    def teardown(self) -> None:
        with self.ledger:
            assert self.ledger.audit() == []
            for key, known in self.known.items():
                assert [(b.kind, b.amount) for b in self.ledger.account(key)] == known.account
        shutil.rmtree(self.folder)

    @rule(target=keys, run=st.sampled_from(RUNS), batch=st.lists(prices, min_size=1, max_size=3))
    def intend(self, run: str, batch: list[str]):
        drafts = [draft(price, run_id=run) for price in batch]
        scopes = self.scopes(run)
        needed = sum((d.estimate.high for d in drafts), Decimal(0))
        fits = all(self.held(s) + needed <= CAPS[s.partition(":")[0]] for s in scopes)
        if needed and not fits:
            with pytest.raises(BudgetError):
                self.ledger.intend(drafts)
            return multiple()
        self.ledger.intend(drafts)
        for d in drafts:
            account = [("estimate", d.estimate.expected), ("reserve", d.estimate.high)]
            self.known[d.key] = Known(d, scopes, account=account)
        return multiple(*(d.key for d in drafts))

    @rule(key=keys, digest=st.sampled_from(["same", "other"]))
    def intend_again(self, key: str, digest: str) -> None:
        known = self.known[key]
        if digest == "other":
            with pytest.raises(LedgerError):
                self.ledger.intend([draft("0"), replace(known.draft, digest="other")])
        else:
            (entry,) = self.ledger.intend([known.draft])
            assert (entry.state, entry.billed) == (known.state, known.billed)

    @rule(key=keys, state=st.sampled_from(State), part=parts)
    def move(self, key: str, state: State, part: str) -> None:
        known = self.known[key]
        bill = billed(known, part) if state.final else None
        job = f"job {key}" if state is State.SUBMITTED else None
        if not allowed(known.state, state) or (known.state.final and bill != known.billed):
            with pytest.raises(LedgerError):
                self.ledger.move(key, state, job_id=job, billed=bill)
            return
        self.ledger.move(key, state, job_id=job, billed=bill)
        if state.final and not known.state.final:
            known.billed = bill
            known.account += [("void", known.price), ("settle", bill)]
        known.state = state

    @rule(key=keys, part=parts)
    def adjust(self, key: str, part: str) -> None:
        known = self.known[key]
        bill = billed(known, part)
        if not known.state.final:
            with pytest.raises(LedgerError):
                self.ledger.adjust(key, bill, "a correction")
            return
        self.ledger.adjust(key, bill, "a correction")
        known.account.append(("adjust", bill - known.billed))
        known.billed = bill

    @rule(days=st.sampled_from([-31, -1, 0.4, 1, 31]))
    def jump(self, days: float) -> None:
        self.clock.moment += days * DAY

    @invariant()
    def no_cap_is_exceeded_and_the_sums_are_right(self) -> None:
        expected: dict[str, Decimal] = defaultdict(Decimal)
        for known in self.known.values():
            for scope in known.scopes:
                expected[scope] += known.held
        for balance in self.ledger._balances(list(expected), "USD"):
            assert balance.settled + balance.reserved == expected[balance.scope]
            assert balance.remaining >= 0

    @invariant()
    def entries_are_as_the_model_knows_them(self) -> None:
        found = [(e.key, e.state, e.billed) for e in self.ledger.entries()]
        assert found == [(key, known.state, known.billed) for key, known in self.known.items()]

    def scopes(self, run: str) -> tuple[str, ...]:
        day = datetime.fromtimestamp(self.clock.moment, UTC).strftime("%Y-%m-%d")
        return (f"run:{run}", f"day:{day}", f"month:{day[:7]}", "project")

    def held(self, scope: str) -> Decimal:
        return sum((k.held for k in self.known.values() if scope in k.scopes), Decimal(0))


def billed(known: Known, part: str) -> Decimal:
    """Return a part of the price, to the millionth."""
    return (known.price * Decimal(part)).quantize(Decimal("0.000001"))


def run(machine: type[Machine], examples: int) -> None:
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    options = settings(
        max_examples=examples,
        stateful_step_count=25,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # shrinking would take minutes; steps are printed all the same
        suppress_health_check=slow,
    )
    run_state_machine_as_test(machine, settings=options)


def test_sqlite_does_what_the_model_does() -> None:
    run(Machine, 12)


def test_postgresql_does_what_the_model_does(cluster: Cluster) -> None:
    class OnPostgresql(Machine):
        url = cluster.url

    run(OnPostgresql, 4)
