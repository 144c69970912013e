"""Studies that buy: one cap for all trials, and nothing is bought twice."""

from decimal import Decimal

import pytest

from qml.errors import InterruptedRunError
from qml.records import RunFolder
from qml.session import open_project_ledger
from qml.tasks import tune
from qml.tasks.replay import replay
from qml.tasks.resume import resume
from qml.tasks.tuning import perform

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

    run, document = search(studies, most=price * 2 + Decimal("0.50"), tune__trials=4)
    assert document["stopped"] == {
        "reason": "budget",
        "words": document["stopped"]["words"],
        "exit_code": 3,
    }
    assert document["metrics"]["complete"] == 2
    assert Decimal(document["cost"]["billed"]) <= price * 2 + Decimal("0.50")
    assert run.manifest()["status"] == "interrupted"

    before = jobs(studies)
    document = resume(run, studies.root, studies.world, most=price * 4)
    assert document["metrics"]["complete"] == 4
    assert document["cost"]["billed"] == f"{price * 4:.2f}"
    per_trial = (jobs(studies) - before) / 2
    assert jobs(studies) == 5 * per_trial, "what was paid for was not bought again"


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


def test_a_replay_reads_what_was_paid_for(studies):
    run, _ = search(studies, tune__trials=2)
    before = jobs(studies)
    found = replay(run, studies.root, studies.world)
    assert found["verdict"] == "identical", found
    assert jobs(studies) == before
