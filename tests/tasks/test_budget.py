"""Caps: set, lifted, the lowest holds, and how far they are used up."""

from decimal import Decimal

import pytest
from tasks.market import SENT, SETTLED, TOML, draft, put

from qml.config import load
from qml.errors import BudgetError, UsageError
from qml.tasks.budget import budget_document, set_budget


def _set(market, check, **caps):
    return check(set_budget(load(market.root, environ={}), market.world, caps))


def _balance(document, kind):
    return next(b for b in document["balances"] if b["scope"].startswith(kind))


def test_a_project_without_caps(market, check):
    document = check(budget_document(market.loaded(), market.world))
    assert document["caps"] == []
    assert [b["scope"].partition(":")[0] for b in document["balances"]] == [
        "day",
        "month",
        "project",
    ]
    assert all(b["cap"] is None and b["remaining"] is None for b in document["balances"])


def test_caps_are_set_and_lifted(market, check):
    document = _set(market, check, day=Decimal("20.5"), project=Decimal(100))
    caps = [(c["scope"], c["amount"], c["source"]) for c in document["caps"]]
    assert caps == [("day", "20.50", "ledger"), ("project", "100.00", "ledger")]
    document = _set(market, check, day=None)
    assert [c["scope"] for c in document["caps"]] == ["project"]
    assert _balance(document, "day")["cap"] is None
    assert check(budget_document(market.loaded(), market.world)) == document


def test_the_lowest_holds_wherever_it_was_set(market, check):
    (market.root / "qml.toml").write_text(TOML + '[budget]\nday = "30"\n')
    document = _set(market, check, day=Decimal(50))
    assert [c["source"] for c in document["caps"]] == ["qml.toml", "ledger"]
    assert _balance(document, "day")["cap"] == "30.00"
    assert _balance(_set(market, check, day=Decimal(11)), "day")["cap"] == "11.00"
    with market.ledger() as ledger, pytest.raises(BudgetError, match=r"cap of 11\.00 USD"):
        ledger.intend([draft("k1")])


def test_what_is_settled_and_reserved_is_gone(market, check):
    with market.ledger() as ledger:
        put(ledger, draft("k1"), *SETTLED, job="j1", bill="9.50")
        put(ledger, draft("k2"), *SENT, job="j2")
    document = _set(market, check, month=Decimal(20))
    month = _balance(document, "month")
    assert (month["settled"], month["reserved"]) == ("9.50", "12.00")
    assert month["remaining"] == "-1.50", "a cap may be set below what is held already"


def test_caps_are_in_the_currency_of_the_project(market, check):
    (market.root / "qml.toml").write_text(TOML + '[budget]\ncurrency = "EUR"\n')
    document = _set(market, check, day=Decimal(5))
    assert document["currency"] == "EUR"
    assert [c["currency"] for c in document["caps"]] == ["EUR"]
    assert _balance(document, "day")["currency"] == "EUR"


def test_no_scope_no_cap(market):
    with pytest.raises(UsageError, match="`week` is no scope"):
        set_budget(market.loaded(), market.world, {"week": Decimal(1)})
