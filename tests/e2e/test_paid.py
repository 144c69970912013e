"""Paid work from the command line, against the emulator: price, cap, resume, reuse, bill."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from support import points

from qml.emulators.ionq import serve

KEY = "key-that-nobody-may-read-again"
ROOT = Path(__file__).parents[2]
SPEND = (
    *("--set", "train.steps=2", "--set", "train.batch_size=2"),
    *("--set", "train.gradient=spsa", "--set", "backend.shots=100"),
)
FORTE = ("--backend", "ionq.forte-1", *SPEND)
WHOLE = Decimal("309.48")  # 2 steps of 4 circuits, 2 test rows, 2 training rows: 12 x 25.79
STEP = Decimal("103.16")


@pytest.fixture
def emulator():
    with serve(seed=1, noise="forte-1") as running:
        yield running


@pytest.fixture
def paid(project, emulator):
    (project.root / "points.csv").write_text(points(rows=10))
    project.environ |= {"IONQ_API_URL": emulator.url, "IONQ_API_KEY": KEY}
    return project


def _written(root: Path) -> bytes:
    return b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())


def test_a_training_stops_at_its_cap_and_goes_on_without_buying_twice(paid, emulator):
    plan = paid.qml("train", *FORTE, "--dry-run", "--json").document
    (row,) = plan["backends"]
    assert row["name"] == "ionq.forte-1"
    assert row["circuits"] == 12
    assert Decimal(row["price"]["expected"]) == Decimal(row["price"]["high"]) == WHOLE
    assert row["minimum_applies"]
    assert "4 circuits x 25.79 USD job minimum = 103.16 USD" in "\n".join(row["notes"])
    assert emulator.summary()["posts"] == 0

    stopped = paid.qml("train", *FORTE, "--max-cost", "150", code=3)
    (run,) = [r.name for r in paid.runs]
    assert f"qml runs resume {run} --max-cost 309.48" in stopped.err
    assert Decimal(emulator.summary()["billed"]) == STEP

    document = paid.qml("runs", "resume", run, "--max-cost", "309.48", "--json").document
    assert document["cost"] == {"estimated": "309.48", "billed": "309.48", "currency": "USD"}
    jobs = paid.qml("jobs", "list", "--json").document["jobs"]
    assert [j["state"] for j in jobs] == ["settled"] * 4
    assert len({j["provider_job_id"] for j in jobs}) == emulator.summary()["jobs"] == 4
    assert Decimal(emulator.summary()["billed"]) == WHOLE

    again = paid.qml("replay", run, "--json").document
    assert again["verdict"] == "identical"
    assert emulator.summary()["jobs"] == 4

    costs = paid.qml("costs", "--json").document
    assert (costs["settled"], costs["reserved"]) == ("309.48", "0.00")
    reconciled = paid.qml("costs", "reconcile", "--json").document
    assert reconciled["asked"] == 4
    assert reconciled["drift"] == reconciled["unknown"] == reconciled["not_asked"] == []
    exported = paid.root / "focus.csv"
    paid.qml("costs", "export", "--focus", str(exported))
    assert len(exported.read_text().splitlines()) == 5
    assert KEY.encode() not in _written(paid.root)


def test_nobody_spends_unasked_and_nothing_begins_that_cannot_be_paid(paid, emulator):
    refused = paid.qml("train", *FORTE, code=2)
    assert "--max-cost" in refused.err
    assert "309.48" in refused.err
    poor = paid.qml("train", *FORTE, "--max-cost", "1", code=3)
    assert "nothing was spent" in poor.err
    paid.qml("budget", "set", "--day", "20")
    capped = paid.qml("train", *FORTE, "--yes", code=3)
    assert "day:" in capped.err
    assert not paid.runs
    assert emulator.summary()["posts"] == 0


def test_lost_replies_never_buy_twice(paid, emulator, project):
    """Every submission is accepted and its answer lost, one way or the other."""
    with serve(seed=1, faults=["502-after-accept@1", "drop-after-accept@2"]) as hostile:
        paid.environ["IONQ_API_URL"] = hostile.url
        document = paid.train(*FORTE, "--max-cost", "400")
        assert hostile.summary()["jobs"] == 4
        assert document["cost"]["billed"] == hostile.summary()["billed"] == "309.48"
    del emulator, project


def test_a_submission_that_nobody_lists_stops_with_exit_four(paid):
    hidden = ["drop-before-accept@1"]
    with serve(seed=1, faults=hidden) as hostile:
        paid.environ["IONQ_API_URL"] = hostile.url
        options = ("--set", "backend.grace=0.3", "--max-cost", "400")
        stopped = paid.qml("train", *FORTE, *options, code=4)
        assert "--on-unknown resubmit" in stopped.err
        (run,) = [r.name for r in paid.runs]
        held = paid.qml("jobs", "list", "--json").document["jobs"]
        assert [(j["state"], j["reserved"]) for j in held] == [("unknown", "103.16")]
        paid.qml("runs", "resume", run, "--on-unknown", "resubmit")
        assert hostile.summary()["jobs"] == 4


@pytest.mark.parametrize(("step", "side"), [(5, "after"), (6, "before")])
def test_a_killed_process_adopts_its_job(paid, emulator, step, side):
    """Killed between the request and its answer, and before the request; see bench/crash_at.py."""
    command = [sys.executable, str(ROOT / "bench/crash_at.py"), str(step), side, "--"]
    train = ["train", *FORTE, "--max-cost", "400", "--set", "backend.grace=0.3"]
    killed = subprocess.run(
        [*command, *train], cwd=paid.root, env=paid.environ, capture_output=True, check=False
    )
    assert killed.returncode == -9, killed.stderr.decode()
    (run,) = [r.name for r in paid.runs]
    finished = paid.qml("runs", "resume", run, "--on-unknown", "resubmit", "--json").document
    assert finished["cost"]["billed"] == emulator.summary()["billed"] == "309.48"
    assert emulator.summary()["jobs"] == 4


def test_the_free_simulator_needs_no_consent(paid, emulator):
    document = paid.train("--backend", "ionq", *SPEND)
    assert document["backend"] == "ionq.simulator"
    assert document["cost"]["billed"] == "0.00"
    assert emulator.summary()["jobs"] == 4
    manifest = json.loads((Path(document["run_dir"]) / "manifest.json").read_text())
    assert manifest["backend"]["snapshot"]["device"] == "simulator"


def test_a_route_takes_the_cheapest_and_says_so(paid):
    route = '["ionq.forte-1", "ionq.simulator"]'
    document = paid.train("--set", f"backend.route={route}", *SPEND)
    assert document["backend"] == "ionq.simulator"
    manifest = json.loads((Path(document["run_dir"]) / "manifest.json").read_text())
    assert manifest["backend"]["routing"]["chosen"] == "ionq.simulator"
    assert {c["name"] for c in manifest["backend"]["routing"]["candidates"]} == {
        "ionq.forte-1",
        "ionq.simulator",
    }
