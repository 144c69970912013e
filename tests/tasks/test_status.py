"""`qml status`: a run that waits at a vendor, what it has cost, and how fresh that is."""

from decimal import Decimal
from math import sqrt

import pytest
from tasks.market import SENT, SETTLED, draft, put

from qml.execution.submission.draft import State
from qml.ports import Silence
from qml.records.metrics import MetricsWriter
from qml.session import World, cap_run, open_project_ledger
from qml.tasks.status import status_document


@pytest.fixture
def waiting(market, clock):
    """A run with a settled job, and one that waits; the clock stands."""
    world = World(environ={}, progress=Silence(), clock=clock)
    loaded = market.loaded()
    run = market.begin(loaded)
    cap_run(run, Decimal(50), loaded.config, market.root, world)
    with open_project_ledger(loaded.config, market.root, world) as ledger:
        put(ledger, draft("k1", run_id=run.id), *SETTLED, job="j1", bill="9.50")
        put(ledger, draft("k2", run_id=run.id), *SENT, job="j2")
        put(ledger, draft("k3", run_id=run.id))
        ledger.beat(run.id, {"phase": "queued", "position": 3, "wait": 90.0})
    yield market, world, run, clock
    run.release()


def _rows(market, world, check):
    return check(status_document(market.loaded(), market.runs(), world))["runs"]


def test_a_run_that_waits(waiting, check):
    market, world, run, clock = waiting
    clock.sleep(20)
    run.update(backend={"name": "fake.two", "snapshot": {"calibrated": clock.now() - 3600}})
    (row,) = _rows(market, world, check)
    assert (row["run_id"], row["alive"], row["backend"]) == (run.id, True, "fake.two")
    assert (row["phase"], row["position"], row["wait_seconds"]) == ("queued", 3, 90.0)
    assert row["jobs"] == {"submitted": 1, "intended": 1}
    assert row["shots"] == 200, "what was only intended has used no shots"
    assert (row["spent"], row["reserved"], row["cap"]) == ("9.50", "24.00", "50.00")
    assert row["heartbeat_age_seconds"] == 20
    assert row["calibration_age_seconds"] == 3600
    assert (row["step"], row["loss"], row["loss_error"]) == (None, None, None)


@pytest.mark.parametrize(
    ("snapshot", "age"),
    [
        ({}, None),
        ({"characterization": None}, None),
        ({"characterization": {"date": "2026-11-21T00:00:00Z"}}, 36_192),
        ({"characterization": {"date": "2026-11-21T00:00:00+01:00"}}, 39_792),
        ({"calibrated": "2099-01-01T00:00:00Z"}, 0),
    ],
)
def test_the_age_of_the_calibration(waiting, check, snapshot, age):
    market, world, run, _ = waiting
    run.update(backend={"name": "fake.two", "snapshot": snapshot})
    (row,) = _rows(market, world, check)
    assert row["calibration_age_seconds"] == age


def test_the_loss_has_an_error_bar(waiting, check):
    market, world, run, _ = waiting
    with MetricsWriter(run.metrics_path) as file:
        for step in range(1, 21):
            file.write(step, {"epoch": 1, "loss": 1.0 + step % 2})
    (row,) = _rows(market, world, check)
    assert row["step"] == 20
    assert row["loss"] == pytest.approx(1.5)
    assert row["loss_error"] == pytest.approx(sqrt(10 * 0.25 / 9) / sqrt(10))


def test_one_loss_has_none(waiting, check):
    market, world, run, _ = waiting
    with MetricsWriter(run.metrics_path) as file:
        file.write(1, {"epoch": 1, "loss": 1.0})
    (row,) = _rows(market, world, check)
    assert (row["loss"], row["loss_error"]) == (1.0, None)


def test_a_dead_run_with_a_job_at_the_vendor_is_shown_and_a_finished_one_is_not(waiting, check):
    market, world, run, _ = waiting
    run.release()
    (row,) = _rows(market, world, check)
    assert row["alive"] is False
    with market.ledger() as ledger:
        ledger.move("k2", State.SETTLED, billed=Decimal(1))
        ledger.move("k3", State.CANCELLED)
    assert _rows(market, world, check) == []


def test_a_damaged_run_is_no_reason_to_show_nothing(waiting, check):
    market, world, run, _ = waiting
    broken = market.runs() / "20260101-000000-ffffff"
    broken.mkdir()
    (broken / "manifest.json").write_text("{")
    assert [row["run_id"] for row in _rows(market, world, check)] == [run.id]
