"""Benchmarks that buy: one cap for all cells, nothing is bought twice, nobody is surprised."""

from decimal import Decimal

import pytest
from tasks.bench.conftest import states

from qml.cli.bench.flow import carry_through
from qml.errors import UsageError
from qml.report.terminal import Terminal
from qml.session import open_project_ledger
from qml.tasks import bench
from qml.tasks.project import Project
from qml.tasks.replay import replay
from qml.tasks.resume import resume

VALUES = {
    "train__gradient": "spsa",
    "train__steps": 1,
    "backend__name": "jax",
    "backend__reuse": "false",
    "bench__backends": "['fake.two']",
    "bench__models": "['variational', 'logistic_regression']",
}


def run(market, most=None, **values):
    loaded = market.loaded(**{**VALUES, **values})
    folder = bench.begin(loaded, name=None, world=market.world, most=most)
    return folder, bench.run(folder, loaded.config, market.root, market.world).document()


def jobs(market):
    with market.account() as account:
        return len(account.jobs)


def billed(market, document):
    ids = [c["run_id"] for c in document["cells"] if c["run_id"]]
    with open_project_ledger(market.loaded().config, market.root, market.world) as ledger:
        return sum(ledger.balance(f"run:{run_id}").settled for run_id in ids)


def test_cells_are_priced_before_anything_is_sent(market, check):
    loaded = market.loaded(**VALUES, bench__seeds=2)
    document = check(bench.plan(loaded, market.world).document())
    assert [c["state"] for c in document["cells"]] == ["run"] * 6
    prices = [c["price"] and Decimal(c["price"]["high"]) for c in document["cells"]]
    assert all(price > 0 for price in prices[:4])
    assert prices[4:] == [None, None], "classical columns are free"
    assert Decimal(document["cost"]["high"]) == sum(prices[:4])
    assert jobs(market) == 0


def test_nobody_is_asked_and_nothing_sent_where_nobody_agreed(market):
    project = Project(loaded=market.loaded(**VALUES, bench__seeds=1), runs=market.runs())
    terminal = Terminal(json=True, no_input=True)
    with pytest.raises(UsageError, match="nobody can be asked") as found:
        carry_through(
            project, terminal, market.world, name=None, resume=False, yes=False, most=None
        )
    assert "--max-cost" in found.value.hint
    assert jobs(market) == 0
    assert not list(market.runs().glob("2*"))


@pytest.mark.long
def test_one_cap_holds_for_all_cells_and_more_money_goes_on(market):
    one = {"bench__models": "['variational:separable', 'logistic_regression']"}
    _, document = run(market, bench__seeds=1, **one)
    price = Decimal(document["cost"]["billed"])
    assert price == billed(market, document) > 0

    cap = price * 2 + Decimal("0.50")
    folder, document = run(market, most=cap, bench__seed=10, bench__seeds=2)
    assert states(document)[:2] == ["ran", "ran"]
    assert "open" in states(document)[2:4]
    assert states(document)[4:] == ["ran", "ran"], "what is free goes on"
    assert document["stopped"]["reason"] == "budget"
    assert document["stopped"]["exit_code"] == 3
    assert Decimal(document["cost"]["billed"]) <= cap
    assert folder.manifest()["status"] == "interrupted"

    before = jobs(market)
    document = resume(folder, market.root, market.world, most=price * 5)
    assert document["stopped"]["exit_code"] == 0
    assert states(document)[:2] == ["cached", "cached"]
    assert Decimal(document["cost"]["billed"]) == billed(market, document) == price * 4
    assert jobs(market) > before

    document = replay(folder, market.root, market.world)
    assert document["verdict"] == "identical", "what was paid for is read again"
