import json
import subprocess
import sys
from collections import Counter
from decimal import Decimal

import pytest
from ledger import fleet


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict]:
    """What one run of the fleet tells."""
    own = request.param == "sqlite"
    url = "-" if own else request.getfixturevalue("cluster").new_database()
    root = str(tmp_path_factory.mktemp("fleet"))
    done = subprocess.run(
        [sys.executable, fleet.__file__, url, root, "shared"],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_eight_processes_never_exceed_one_budget(told: dict[str, dict]) -> None:
    """The ledger is new to all of them: they also make its tables at once."""
    found = told["race"]
    assert found["audit"] == []
    assert found["workers"] == fleet.WORKERS
    assert Decimal(found["highest"]) <= fleet.CAP
    assert 0 <= Decimal(found["remaining"]) < 1  # they used it up, too
    assert found["jobs"] > 25
    assert found["looks"] > 5


def test_what_was_told_to_be_durable_survives_a_kill(told: dict[str, dict]) -> None:
    found = told["kill"]
    assert found["audit"] == []
    order = ["intended", "sending"]
    for line in found["told"]:
        key, state = line.split()
        assert order.index(found["there"][key]) >= order.index(state)
    assert len(found["told"]) >= fleet.KILLS
    assert set(Counter(found["names"]).values()) == {3}  # whole batches
