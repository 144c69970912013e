"""What holds before a run buys anything."""

import json
from decimal import Decimal

import pytest

from qml.errors import LedgerError
from qml.execution.submission.draft import Draft, Estimate
from qml.ledger import Caps, open_ledger
from qml.ports import SystemClock
from qml.session.buying import refuse_forgotten


def test_a_ledger_that_forgot_what_the_run_bought_is_refused(tmp_path):
    trail = tmp_path / "submissions.jsonl"
    rows = [{"name": "step/0", "key": "k-1"}, {"name": "step/1", "key": None}]
    trail.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    draft = Draft(
        key="k-1", run_id="r", name="step/0", provider="ionq", device="forte-1", digest="d",
        circuits=1, shots=100, one_qubit=1, two_qubit=0, estimate=Estimate(high=Decimal(1)),
    )  # fmt: skip
    place = {"project": "tiny", "caps": Caps(), "clock": SystemClock()}
    with open_ledger(None, tmp_path, **place) as ledger:
        refuse_forgotten(ledger, "r", tmp_path / "none-yet.jsonl")
        with pytest.raises(LedgerError, match="does not know 1 of them"):
            refuse_forgotten(ledger, "r", trail)
        ledger.intend([draft])
        refuse_forgotten(ledger, "r", trail)
