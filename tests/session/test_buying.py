"""What a run is opened with: ledger, caps, prices, and a buyer or a simulator of this process."""

from contextlib import closing
from dataclasses import replace
from decimal import Decimal

import pytest

from qml.backends.registry import open_backend
from qml.circuits import Circuit, Gate, Work
from qml.config import validate
from qml.errors import BudgetError, PlanError, UsageError
from qml.execution.direct import DirectRunner
from qml.execution.meter import UsageMeter
from qml.execution.packed import PackedRunner
from qml.execution.submission.buyer import Buyer
from qml.execution.submission.draft import State
from qml.pricing import Tariffs
from qml.records import RunFolder
from qml.session import World, cap_run, open_project_ledger, open_runner
from qml.session.buying import open_buyer, pricer, results_folder, run_scope
from qml.testing.fake_run import Heard
from qml.testing.fake_vendor import FakeAccount, FakeClock, FakeRemote, FakeReply

RATES = {"kind": "tasks", "task": "1.00", "shot": "0.01"}
WORK = Work(
    circuits=tuple(Circuit.of(2, [Gate("ry", (0,), (0.1 + i,))]) for i in range(3)), shots=10
)
PRICE = Decimal("1.30")


@pytest.fixture
def world():
    return World(environ={}, progress=Heard(), clock=FakeClock())


@pytest.fixture
def remote(world):
    opened = FakeRemote(FakeAccount(None, world.clock.now))
    yield opened
    opened.close()


@pytest.fixture
def run(tmp_path, world):
    folder = RunFolder.create(
        tmp_path / "runs", name=None, config={}, command="train", clock=world.clock
    )
    yield folder
    folder.release()


def _config(**sections):
    backend = {"name": "fake.one", "shots": 10, **sections.pop("backend", {})}
    return validate(
        {"project": {"name": "p"}, "backend": backend, "pricing": {"fake": {"one": RATES}}}
        | sections
    )


def _runner(run, remote, config, world, tmp_path):
    facts = {"trail": run.submissions_path, "meter": UsageMeter(), "stop": None}
    return open_runner(run, remote, config, **facts, world=world, root=tmp_path)


def test_a_simulator_of_this_process_needs_no_ledger(run, world, tmp_path):
    config = validate({"backend": {"name": "jax", "shots": 10}})
    with _runner(run, open_backend(config.backend), config, world, tmp_path) as runner:
        assert isinstance(runner, DirectRunner)
        runner.run(WORK, "step/0/0")
    assert not (tmp_path / ".qml").exists()


@pytest.mark.parametrize(("pack", "kind", "circuits"), [(False, Buyer, 3), (True, PackedRunner, 1)])
def test_a_machine_is_bought_from(run, remote, world, tmp_path, pack, kind, circuits):
    config = _config(backend={"pack": pack})
    with _runner(run, remote, config, world, tmp_path) as runner:
        assert isinstance(runner, kind)
        found = runner.run(WORK, "step/0/0")
        spent = runner.facts()["spent"]
    assert [c.shots for c in found.counts] == [10] * 3
    assert spent == f"{1 + Decimal('0.1') * circuits:.2f} USD"
    with open_project_ledger(config, tmp_path, world) as ledger:
        (entry,) = ledger.entries()
    assert (entry.state, entry.draft.circuits) == (State.SETTLED, circuits)
    assert entry.billed == remote.account.charged == entry.draft.estimate.expected
    assert list(results_folder(tmp_path).rglob("*"))
    assert run.submissions_path.read_text().count("\n") == 1


def test_what_was_left_at_the_vendor_is_settled_first(run, remote, world, tmp_path):
    config = _config()
    remote.account.expect(FakeReply(polls=10**6))
    with pytest.raises(RuntimeError, match="killed"):
        _dies_while_it_waits(run, remote, config, world, tmp_path)
    remote.account._db.execute("UPDATE jobs SET phase = 'done'")
    with _runner(run, remote, config, world, tmp_path) as runner:
        with open_project_ledger(config, tmp_path, world) as ledger:
            assert [e.state for e in ledger.entries()] == [State.SETTLED]
        runner.run(WORK, "step/0/0")
    assert len(remote.account.posts) == 1


def _dies_while_it_waits(run, remote, config, world, tmp_path):
    """Send a job and raise at the first question about it."""

    class Mortal(FakeRemote):
        def poll(self, job):
            raise RuntimeError("killed")

    with _runner(run, Mortal(remote.account), config, world, tmp_path) as runner:
        runner.run(WORK, "step/0/0")


def test_a_runs_own_cap_holds_in_every_session(run, remote, world, tmp_path):
    config = _config()
    cap_run(run, Decimal("2.00"), config, tmp_path, world)
    with open_project_ledger(config, tmp_path, world) as ledger:
        assert ledger.balance(run_scope(run.id)).cap == Decimal(2)
    other = replace(WORK, seed=9)
    for _ in range(2):
        with _runner(run, remote, config, world, tmp_path) as runner:
            runner.run(WORK, "step/0/0")
            with pytest.raises(BudgetError, match=run.id):
                runner.run(other, "step/1/0")
    assert remote.account.charged == PRICE
    cap_run(run, 2 * PRICE, config, tmp_path, world)
    with _runner(run, remote, config, world, tmp_path) as runner:
        runner.run(other, "step/1/0")
    assert remote.account.charged == 2 * PRICE


def test_the_caps_of_the_settings_hold(run, remote, world, tmp_path):
    config = _config(budget={"project": "1.29"})
    with (
        _runner(run, remote, config, world, tmp_path) as runner,
        pytest.raises(BudgetError, match="project"),
    ):
        runner.run(WORK, "step/0/0")
    assert remote.account.posts == []


def test_another_run_reads_what_was_paid_for(run, remote, world, tmp_path):
    config = _config()
    with _runner(run, remote, config, world, tmp_path) as runner:
        first = runner.run(WORK, "step/0/0")
    other = RunFolder.create(
        tmp_path / "runs", name=None, config={}, command="train", clock=world.clock
    )
    with _runner(other, remote, config, world, tmp_path) as runner:
        assert runner.run(WORK, "step/0/0").counts == first.counts
    assert len(remote.account.jobs) == 1
    fresh = _config(backend={"reuse": False})
    third = RunFolder.create(
        tmp_path / "runs", name=None, config={}, command="train", clock=world.clock
    )
    with _runner(third, remote, fresh, world, tmp_path) as runner:
        runner.run(WORK, "step/0/0")
    assert len(remote.account.jobs) == 2
    for folder in (other, third):
        folder.release()


def test_a_missing_credential_comes_before_the_ledger(run, world, tmp_path):
    config = validate({"backend": {"name": "ionq.forte-1", "shots": 10}})
    backend = open_backend(config.backend)
    facts = {"trail": run.submissions_path, "meter": UsageMeter(), "stop": None}
    with (
        pytest.raises(UsageError, match=r"(?i)key|credential"),
        open_buyer(run, backend, config, **facts, world=world, root=tmp_path),
    ):
        pass
    backend.close()
    assert not (tmp_path / ".qml").exists()


def test_the_price_of_a_job_is_that_of_its_tariff(remote):
    found = pricer(_config())(remote, WORK)
    assert found.low == found.expected == found.high == PRICE
    assert found.currency == "USD"
    assert found.tariff_source == "qml.toml"
    shipped = Tariffs.load().find("ionq", "forte-1")
    config = validate({"backend": {"name": "ionq.forte-1", "shots": 10}})
    with closing(open_backend(config.backend)) as forte:
        priced = pricer(config)(forte, WORK)
    assert priced.tariff_date == shipped.date.isoformat()
    assert priced.expected == 3 * Decimal("25.79")


def test_no_tariff_no_price(remote):
    config = validate({"backend": {"name": "fake.one", "shots": 10}})
    with pytest.raises(PlanError, match=r"no price is known of `fake\.one`"):
        pricer(config)(remote, WORK)
