"""The ledger beside the vendor's bill, amount by amount."""

from decimal import Decimal

import pytest

from qml.backends.ionq.backend import Ionq
from qml.config import load
from qml.execution.submission.draft import Draft, Estimate, State
from qml.ports import Silence, SystemClock
from qml.session import World, open_project_ledger
from qml.tasks.reconcile import reconcile
from qml.units import Money

TOML = '[project]\nname = "tiny"\n[backend]\nname = "ionq.forte-1"\nshots = 100\n'
PRICE = Decimal("25.79")


@pytest.mark.parametrize(
    ("bill", "booked", "told"),
    [
        (Money(amount=PRICE), PRICE, ""),
        (Money(amount=Decimal("30.00")), Decimal("30.00"), ""),
        (Money(amount=Decimal("30.00"), currency="EUR"), PRICE, "was billed 30.00 EUR"),
        (Money(amount=Decimal(0), currency="EUR"), Decimal(0), ""),
    ],
)
def test_bills(tmp_path, monkeypatch, bill, booked, told):
    (tmp_path / "qml.toml").write_text(TOML)
    environ = {"IONQ_API_KEY": "a-key-for-nobody"}
    loaded = load(tmp_path, environ=environ)
    world = World(environ=environ, progress=Silence(), clock=SystemClock())
    monkeypatch.setattr(Ionq, "billed", lambda self, job: bill)
    monkeypatch.setattr(Ionq, "jobs", lambda self, since: [])
    draft = Draft(
        key="k-1", run_id="r", name="step/0", provider="ionq", device="forte-1", digest="d",
        circuits=1, shots=100, one_qubit=1, two_qubit=0,
        estimate=Estimate(low=PRICE, expected=PRICE, high=PRICE),
    )  # fmt: skip
    with open_project_ledger(loaded.config, tmp_path, world) as ledger:
        ledger.intend([draft])
        ledger.move("k-1", State.SENDING)
        ledger.move("k-1", State.SUBMITTED, job_id="j-1")
        ledger.move("k-1", State.SETTLED, billed=PRICE)
        found = reconcile(loaded, world)
        assert ledger.get("k-1").billed == booked
    assert told in "".join(row["reason"] for row in found["not_asked"])
    assert bool(found["not_asked"]) == bool(told)
