import json
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from ledger import fleet


@pytest.fixture
def told(url: str | None, tmp_path: Path):
    def run(how: str) -> dict:
        command = [sys.executable, fleet.__file__, how, url or "-", str(tmp_path), str(uuid4())]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return json.loads(done.stdout)

    return run


def test_eight_processes_never_exceed_one_budget(told) -> None:
    """The ledger is new to all of them: they also make its tables at once."""
    found = told("race")
    assert found["audit"] == []
    assert found["workers"] == fleet.WORKERS
    assert Decimal(found["highest"]) <= fleet.CAP
    assert 0 <= Decimal(found["remaining"]) < Decimal("0.5")  # they used it up, too
    assert found["jobs"] > 40
    assert found["looks"] > 5


def test_what_was_told_to_be_durable_survives_a_kill(told) -> None:
    found = told("kill")
    assert found["audit"] == []
    order = ["intended", "sending"]
    for line in found["told"]:
        key, state = line.split()
        assert order.index(found["there"][key]) >= order.index(state)
    assert len(found["told"]) >= fleet.KILLS
    assert set(Counter(found["names"]).values()) == {3}  # whole batches
