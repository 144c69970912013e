"""Trained, predicted, replayed, resumed at a vendor: what was paid for is never bought again."""

import shutil
import threading
from decimal import Decimal

import pytest
from support import points
from tasks.market import TOML, Market, lay_out

from qml.errors import BudgetError, DataError, RunError, UsageError
from qml.files import FileLock
from qml.records import RunFolder
from qml.records.purchases import bought_anew
from qml.session.buying import results_folder
from qml.tasks.predict import LOCK, plan_prediction, predict, prepare_prediction
from qml.tasks.predictor import open_predictor
from qml.tasks.replay import replay
from qml.tasks.resume import resume
from qml.tasks.status import status_document

SPSA = {"train__gradient": "spsa"}


def _jobs(market) -> int:
    with market.account() as account:
        return len(account.jobs)


@pytest.fixture(scope="module")
def project(tmp_path_factory, compiled, vendor_installed):
    """A project with one finished run, which every test copies."""
    with pytest.MonkeyPatch.context() as patch:
        made = lay_out(tmp_path_factory.mktemp("project"), compiled)
        patch.chdir(made.root)
        made.run(made.loaded(**SPSA))
    return made


@pytest.fixture
def trained(project, tmp_path, monkeypatch):
    root = shutil.copytree(project.root, tmp_path / "copy")
    monkeypatch.chdir(root)
    market = Market(root, project.cache)
    (run,) = market.runs().glob("[0-9]*")
    return market, RunFolder(run)


def _prediction(market, run, rows=3, **where):
    source = market.root / "new.csv"
    source.write_text(points(seed=1, rows=rows))
    loaded = market.loaded(**SPSA)
    output = market.root / "answers.csv"
    return prepare_prediction(run, source, output, loaded, market.world, **where)


def test_predictions_are_bought_once_and_as_planned(trained, check):
    market, run = trained
    before = _jobs(market)
    prediction = _prediction(market, run)
    plan = plan_prediction(prediction, market.root, market.world)
    check(plan.document())
    with market.account() as account:
        paid = account.charged
    first = check(predict(prediction, market.root, market.world))
    written = prediction.output.read_bytes()
    with market.account() as account:
        assert account.charged - paid == plan.purchase.expected
    assert _jobs(market) == before + plan.purchase.jobs
    assert (first["rows"], first["columns"][:2]) == (3, ["row", "prediction"])
    assert check(predict(prediction, market.root, market.world)) == first
    assert _jobs(market) == before + plan.purchase.jobs
    assert prediction.output.read_bytes() == written
    predict(_prediction(market, run, rows=4), market.root, market.world)
    assert _jobs(market) > before + plan.purchase.jobs, "other rows are other work"


def test_a_prediction_keeps_to_the_cap_of_its_run(trained):
    market, run = trained
    before = _jobs(market)
    with pytest.raises(BudgetError):
        predict(_prediction(market, run), market.root, market.world, most=Decimal("1.00"))
    assert _jobs(market) == before
    assert not (market.root / "answers.csv").exists()


def test_the_simulator_answers_for_nothing(trained):
    market, run = trained
    before = _jobs(market)
    prediction = _prediction(market, run, backend="jax")
    assert plan_prediction(prediction, market.root, market.world).purchase.free
    predict(prediction, market.root, market.world)
    assert _jobs(market) == before
    with pytest.raises(UsageError, match="cannot tell the format"):
        prepare_prediction(
            run, market.root / "new.csv", market.root / "a.txt", market.loaded(), market.world
        )
    (market.root / "empty.csv").write_text("a,b,label\n")
    with pytest.raises(DataError):
        prepare_prediction(
            run, market.root / "empty.csv", market.root / "a.csv", market.loaded(), market.world
        )


def test_answers_that_have_to_be_bought_are_not_given_in_passing(trained):
    market, run = trained
    with pytest.raises(UsageError, match=r"trained on `fake\.two`, where answers are bought"):
        open_predictor(run.artifacts, root=market.root, environ=market.world.environ)


def test_two_processes_that_want_the_same_answers_take_turns(trained):
    market, run = trained
    prediction = _prediction(market, run)
    lock = FileLock(run.path / LOCK)
    assert lock.acquire()
    before = _jobs(market)
    other = threading.Thread(target=predict, args=(prediction, market.root, market.world))
    other.start()
    other.join(timeout=0.5)
    assert other.is_alive()
    assert _jobs(market) == before
    lock.release()
    other.join(timeout=20)
    assert not other.is_alive()
    assert _jobs(market) == before + 1


def test_a_replay_reads_what_was_paid_for(trained, check):
    market, run = trained
    before = _jobs(market)
    document = check(replay(run, market.root, market.world))
    assert document["verdict"] == "identical"
    assert _jobs(market) == before
    again = RunFolder(market.runs() / document["replay_run_id"])
    assert again.manifest()["parent"] == run.id
    assert again.manifest()["costs"]["billed"] == "0.00"
    assert bought_anew(run, again) == []


def test_a_replay_whose_store_is_lost_reads_the_jobs_of_its_parent_again(trained):
    market, run = trained
    before = _jobs(market)
    for path in results_folder(market.root).rglob("*"):
        if path.is_file():
            path.unlink()
    assert replay(run, market.root, market.world)["verdict"] == "identical"
    assert _jobs(market) == before


def test_a_replay_that_would_have_to_buy_stops_instead(trained):
    market, run = trained
    before = _jobs(market)
    with pytest.raises(BudgetError, match=r"cap of 0\.00"):
        replay(run, market.root, market.world, fresh=True)
    assert _jobs(market) == before


def test_a_fresh_replay_buys_every_result_anew(trained, check):
    market, run = trained
    before = _jobs(market)
    document = check(replay(run, market.root, market.world, fresh=True, most=Decimal(100)))
    assert _jobs(market) == 2 * before
    assert document["verdict"] in {"identical", "statistically equal"}


def test_what_another_seed_has_to_buy_is_told(trained):
    market, run = trained
    _, other = market.run(market.loaded(**SPSA, train__seed=1))
    total, *why = bought_anew(run, other)
    assert total.cause == "submissions"
    assert total.right.endswith("from step/0/0/0")
    assert {d.path for d in why} <= {"step/0/0/0: circuits", "step/0/0/0: seed"}
    assert why
    _, same = market.run(market.loaded(**SPSA, train__epochs=9))
    assert bought_anew(run, same) == [], "a setting that decides no result buys nothing anew"


def test_more_steps_buy_only_what_is_new(trained):
    market, run = trained
    before = _jobs(market)
    plan, longer = market.run(market.loaded(**SPSA, train__steps=3))
    assert _jobs(market) - before < plan.purchase.jobs
    total, *why = bought_anew(run, longer)
    assert "from step/2/0/0" in total.right
    assert why == [], "the first run had no such place"


def test_a_lowered_budget_holds_for_a_run_that_is_resumed(market, check):
    with pytest.raises(BudgetError) as stopped:
        market.run(market.loaded(**SPSA), most=Decimal("3.60"))
    assert "--max-cost 8.00" in stopped.value.hint
    assert "billed so far: 2.60 USD; the rest of the run: about 5.40" in stopped.value.details
    (run,) = [RunFolder(path) for path in market.runs().glob("[0-9]*")]
    assert run.manifest()["status"] in {"failed", "interrupted", "stopped"}
    before = _jobs(market)
    assert before == 1
    (market.root / "qml.toml").write_text(TOML + '[budget]\nproject = "3"\n')
    with pytest.raises(BudgetError, match="project"):
        resume(run, market.root, market.world, most=Decimal(50))
    assert _jobs(market) == before
    (market.root / "qml.toml").write_text(TOML + '[budget]\nproject = "50"\n')
    document = check(resume(run, market.root, market.world, most=Decimal(50)))
    with market.account() as account:
        assert document["cost"]["billed"] == f"{account.charged:.2f}"
        assert document["cost"]["billed"] == document["cost"]["estimated"]
    assert check(resume(run, market.root, market.world)) == document, "finished: it only answers"
    assert check(status_document(market.loaded(), market.runs(), market.world))["runs"] == []
    with market.ledger() as ledger:
        assert ledger.audit() == []


def test_only_finished_runs_are_replayed(market):
    run = market.begin(market.loaded(**SPSA))
    with pytest.raises(RunError, match="only a finished run"):
        replay(run, market.root, market.world)
    run.release()
