"""What was spent, summed by run, day, backend and project; and what accountants get."""

import csv
from dataclasses import replace
from decimal import Decimal

import pytest
from tasks.market import RUN, SENT, SETTLED, draft, put

from qml.execution.submission.draft import State
from qml.session import World
from qml.tasks.costs import costs_document, export_focus


@pytest.fixture
def spent(market):
    """Two runs: settled, at the vendor, intended, failed with a bill, cancelled, and in euros."""
    other = {"run_id": "r2", "device": "one"}
    with market.ledger() as ledger:
        put(ledger, draft("k1"), *SETTLED, job="j1", bill="9.50")
        put(ledger, draft("k2"), *SENT, job="j2")
        put(ledger, draft("k3", **other))
        put(ledger, draft("k4", **other), *SENT, State.FAILED, job="j4", bill="2.25")
        put(ledger, draft("k5", **other), State.CANCELLED)
        euros = draft("k6", **other)
        euros = replace(euros, estimate=replace(euros.estimate, currency="EUR"))
        put(ledger, euros, *SETTLED, job="j6", bill="7")
    return market


def _rows(market, check, by):
    document = check(costs_document(market.loaded(), market.world, by))
    assert (document["settled"], document["reserved"]) == ("11.75", "24.00")
    assert document["currency"] == "USD"
    return {
        (row["name"], row["currency"]): (row["jobs"], row["settled"], row["reserved"])
        for row in document["by"]
    }


def test_by_run(spent, check):
    assert _rows(spent, check, "run") == {
        (RUN, "USD"): (2, "9.50", "12.00"),
        ("r2", "USD"): (1, "2.25", "12.00"),
        ("r2", "EUR"): (1, "7.00", "0.00"),
    }


def test_by_backend(spent, check):
    assert set(_rows(spent, check, "backend")) == {
        ("fake.two", "USD"),
        ("fake.one", "USD"),
        ("fake.one", "EUR"),
    }


def test_by_project(spent, check):
    assert _rows(spent, check, "project") == {
        ("tiny", "USD"): (3, "11.75", "24.00"),
        ("tiny", "EUR"): (1, "7.00", "0.00"),
    }


def test_by_day(market, check, clock):
    from qml.config import load
    from qml.session import open_project_ledger

    config = load(market.root, environ={}).config
    world = World(environ={}, progress=market.world.progress, clock=clock)
    with open_project_ledger(config, market.root, world) as ledger:
        put(ledger, draft("k1"), *SETTLED, job="j1", bill="1")
        clock.jump(86_400)
        put(ledger, draft("k2"), *SETTLED, job="j2", bill="2")
    found = check(costs_document(market.loaded(), world, "day"))
    assert [(row["name"], row["settled"]) for row in found["by"]] == [
        ("2026-11-21", "1.00"),
        ("2026-11-22", "2.00"),
    ]


def test_nothing_was_bought(market, check):
    found = check(costs_document(market.loaded(), market.world, "run"))
    assert (found["settled"], found["reserved"], found["by"]) == ("0.00", "0.00", [])


def test_the_export_has_what_was_billed_and_nothing_else(spent, check):
    file = spent.root / "focus.csv"
    document = check(export_focus(spent.loaded(), spent.world, file))
    rows = list(csv.DictReader(file.read_text().splitlines()))
    assert document["rows"] == len(rows) == 3
    assert [Decimal(row["BilledCost"]) for row in rows] == [
        Decimal("9.50"),
        Decimal("2.25"),
        Decimal(7),
    ]
    assert [row["BillingCurrency"] for row in rows] == ["USD", "USD", "EUR"]
    assert [Decimal(row["ListCost"]) for row in rows] == [Decimal(10)] * 3


def test_an_export_of_nothing_is_a_table_without_rows(market):
    file = market.root / "focus.csv"
    assert export_focus(market.loaded(), market.world, file)["rows"] == 0
    assert list(csv.DictReader(file.read_text().splitlines())) == []
