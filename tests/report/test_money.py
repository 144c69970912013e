"""Tables of costs, budgets and reconciliation."""

import pytest

from qml.report.tables.money import budget_table, costs_table, reconcile_table

COSTS = {
    "schema": "qml.costs/1",
    "settled": "309.48",
    "reserved": "25.79",
    "currency": "USD",
    "by": [
        {
            "name": "20261121-100312-a1b2c3",
            "jobs": 1234,
            "settled": "309.48",
            "reserved": "25.79",
            "currency": "USD",
        },
        {"name": "r2", "jobs": 1, "settled": "7.00", "reserved": "0.00", "currency": "EUR"},
    ],
}
BUDGET = {
    "schema": "qml.budget/1",
    "currency": "USD",
    "caps": [{"scope": "day", "amount": "20.00", "currency": "USD", "source": "ledger"}],
    "balances": [
        {
            "scope": "day:2026-11-21",
            "settled": "9.50",
            "reserved": "12.00",
            "cap": "20.00",
            "remaining": "-1.50",
            "currency": "USD",
        },
        {
            "scope": "project",
            "settled": "9.50",
            "reserved": "12.00",
            "cap": None,
            "remaining": None,
            "currency": "USD",
        },
    ],
}
RECONCILED = {
    "schema": "qml.reconcile/1",
    "asked": 2,
    "drift": [
        {
            "intent": "k2",
            "provider_job_id": "fake-2",
            "run_id": "r",
            "estimated": "10.00",
            "ledger": "10.00",
            "vendor": "11.25",
            "currency": "USD",
            "adjusted": True,
        }
    ],
    "unknown": [
        {
            "backend": "fake.two",
            "provider_job_id": "fake-9",
            "key": "[bold]theirs",
            "phase": "done",
        },
        {"backend": "fake.two", "provider_job_id": "fake-10", "key": None, "phase": "queued"},
    ],
    "not_asked": [{"backend": "ionq.forte-1", "reason": "no credentials"}],
}


@pytest.mark.parametrize("document", [COSTS, BUDGET, RECONCILED])
def test_they_are_documents_of_their_schemas(document, check):
    check(document)


@pytest.mark.parametrize("width", [40, 100])
def test_costs(rendered, width):
    text = rendered(costs_table(COSTS), width)
    assert "309.48" in text
    assert "25.79" in text
    assert all(len(line) <= width for line in text.splitlines())
    if width == 100:
        assert "309.48 USD settled, 25.79 USD reserved" in text
        assert "EUR" in text, "a sum in another currency says so"
        assert "1,234" in text


def test_no_costs(rendered):
    assert "nothing was ever bought" in rendered(costs_table(COSTS | {"by": []}))


@pytest.mark.parametrize("width", [60, 100])
def test_a_budget(rendered, width):
    text = rendered(budget_table(BUDGET), width)
    assert "-1.50" in text
    assert "20.00 USD" in text
    assert "ledger" in text
    assert "none" in text


def test_no_caps(rendered):
    assert "qml budget set" in rendered(budget_table(BUDGET | {"caps": []}))


def test_reconciled(rendered):
    text = rendered(reconcile_table(RECONCILED))
    assert "2 bills asked for" in text
    assert "ledger corrected" in text
    assert "11.25 USD" in text
    assert "job fake-9 on fake.two, done, with key [bold]theirs" in text
    assert "job fake-10 on fake.two, queued\n" in text
    assert "not asked: ionq.forte-1: no credentials" in text


def test_reconciled_without_drift(rendered):
    text = rendered(reconcile_table(RECONCILED | {"drift": []}))
    assert "every bill is what was estimated and booked" in text
    nobody = RECONCILED | {"asked": 0, "drift": [], "unknown": []}
    assert "every bill" not in rendered(reconcile_table(nobody)), "no bill was seen"
