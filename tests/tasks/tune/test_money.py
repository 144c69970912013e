"""Studies that buy: one cap for all trials, and nothing is bought twice."""

from decimal import Decimal

import pytest
from tasks.market import RUN, SETTLED, draft, put

from qml.errors import BudgetError, InterruptedRunError
from qml.records import RunFolder
from qml.session import open_project_ledger
from qml.tasks import tune
from qml.tasks.replay import replay
from qml.tasks.resume import resume
from qml.tasks.tune import perform
from qml.tasks.tune.purse import Purse

SPACE = """
[tune]
sampler = "random"
refit = false
metric = "validation_loss"
[tune.space]
"train.learning_rate" = { low = 0.01, high = 0.5, log = true }
"""
SPSA = {"train__gradient": "spsa", "train__steps": 1, "backend__reuse": "false"}


@pytest.fixture
def studies(market):
    (market.root / "qml.toml").write_text((market.root / "qml.toml").read_text() + SPACE)
    return market


def begin(market, most=None, **values):
    loaded = market.loaded(**SPSA, **values)
    return loaded, tune.begin(loaded, name=None, world=market.world, most=most)


def search(market, most=None, **values):
    loaded, run = begin(market, most, **values)
    return run, tune.run(run, loaded.config, market.root, market.world).document()


def jobs(market):
    with market.account() as account:
        return len(account.jobs)


def billed(market, ids):
    with open_project_ledger(market.loaded().config, market.root, market.world) as ledger:
        return sum(ledger.balance(f"run:{run_id}").settled for run_id in ids)


def test_one_cap_holds_for_all_trials_and_more_money_goes_on(studies, check):
    run, document = search(studies, tune__trials=1)
    (trial,) = check(document)["trials"]
    price = Decimal(document["cost"]["billed"])
    assert price == billed(studies, [trial["run_id"]]) > 0

    rivals = {"tune__sampler": "tpe", "tune__rival": "random", "tune__trials": 2}
    run, document = search(studies, most=price * 2 + Decimal("0.50"), **rivals)
    assert document["stopped"] == {
        "reason": "budget",
        "words": document["stopped"]["words"],
        "exit_code": 3,
    }
    assert document["metrics"]["complete"] == 2, "the rival's search has no cap of its own"
    assert Decimal(document["cost"]["billed"]) <= price * 2 + Decimal("0.50")
    assert run.manifest()["status"] == "interrupted"

    before = jobs(studies)
    document = resume(run, studies.root, studies.world, most=price * 4)
    assert document["metrics"]["complete"] == 4
    assert document["cost"]["billed"] == f"{price * 4:.2f}"
    per_trial = (jobs(studies) - before) / 2
    assert jobs(studies) == 5 * per_trial, "what was paid for was not bought again"


@pytest.mark.long
def test_one_cap_holds_for_trials_side_by_side(studies):
    _, document = search(studies, tune__trials=1)
    cap = Decimal(document["cost"]["billed"]) * 2 + Decimal("0.50")
    _, document = search(studies, most=cap, tune__trials=4, tune__parallel=2)
    assert document["stopped"]["exit_code"] == 3
    assert document["metrics"]["complete"] == 2
    ids = [t["run_id"] for t in document["trials"] if t["run_id"]]
    assert Decimal(document["cost"]["billed"]) == billed(studies, ids) <= cap


def test_the_last_training_is_within_the_cap_and_can_go_on(studies, check):
    _, document = search(studies, tune__trials=1)
    cap = Decimal(document["cost"]["billed"]) + Decimal("2.50")  # two jobs more, of many

    run, document = search(studies, most=cap, tune__trials=1, tune__refit="true")
    assert document["stopped"]["exit_code"] == 3
    assert document["metrics"]["complete"] == 1
    assert document["test"] is None
    assert Decimal(document["cost"]["billed"]) <= cap
    document = check(resume(run, studies.root, studies.world, most=cap * 3))
    ids = [document["trials"][0]["run_id"], document["test"]["run_id"]]
    assert document["stopped"]["reason"] == "trials"
    assert Decimal(document["cost"]["billed"]) == billed(studies, ids)
    held_out = [RunFolder(studies.runs() / i).manifest()["config"]["data"]["hold_out"] for i in ids]
    assert held_out == [True, False], "trials keep rows back to be judged on, the last keeps none"


def test_trials_side_by_side_are_promised_no_more_than_there_is(studies):
    loaded, run = begin(studies, Decimal(12))
    runs = []
    purse = Purse(loaded.config, studies.root, studies.world, run.id, lambda: runs)
    parts = [purse.part(("s", number), 4 - number) for number in range(4)]
    assert parts == [Decimal(3)] * 4, "none of them has a run yet"
    with pytest.raises(BudgetError, match=r"12\.00 USD are spent"):
        purse.part(("s", 4), 1)
    runs.append(RUN)
    with studies.ledger() as ledger:
        put(ledger, draft("a"), *SETTLED, job="job", bill=2)
    purse.born(("s", 0), RUN)
    with pytest.raises(BudgetError):
        purse.part(("s", 4), 1)
    purse.release(("s", 0))
    assert purse.part(("s", 4), 1) == 1, "what the first one left"
    assert purse.part(("s", 0), 1, RUN) == 2, "a run that is taken up has its own bill behind it"
    assert purse.billed() == 2


def test_a_study_that_is_interrupted_buys_no_job_twice(studies, monkeypatch):
    real, begun = perform.carry.begin, []

    def once(*args, **options):
        run = real(*args, **options)
        if options.get("parent") and not begun:
            begun.append(run.id)
            run.release()
            raise InterruptedRunError("pulled the plug")
        return run

    loaded, run = begin(studies, tune__trials=2)
    with monkeypatch.context() as patch:
        patch.setattr(perform.carry, "begin", once)
        first = tune.run(run, loaded.config, studies.root, studies.world).document()
    assert first["stopped"]["exit_code"] == 130
    assert jobs(studies) == 0
    document = resume(RunFolder(run.path), studies.root, studies.world)
    assert document["metrics"]["complete"] == 2
    assert document["stopped"]["reason"] == "trials"


@pytest.mark.long
def test_a_replay_reads_what_was_paid_for(studies):
    run, _ = search(studies, tune__trials=2)
    before = jobs(studies)
    found = replay(run, studies.root, studies.world)
    assert found["verdict"] == "identical", found
    assert jobs(studies) == before
