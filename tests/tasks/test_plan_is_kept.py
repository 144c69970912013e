"""What a plan says is what is really submitted: circuits, jobs, shots and money.

The fake vendor takes a dollar a job and a cent a shot, so a wrong number of jobs is a wrong price.
"""

from decimal import Decimal
from math import ceil

import pytest

SPSA = {"train__gradient": "spsa"}
GUIDED = {"train__gradient": "guided_spsa"}
PACK = {"backend__pack": "true"}


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({**GUIDED, **PACK, "train__steps": 1}, id="guided-packed"),
        pytest.param({**SPSA, "train__patience": 9, "train__steps": 3}, id="validation"),
    ],
)
def test_a_training_buys_what_was_planned(market, settings):
    plan, run = market.run(market.loaded(**settings))
    planned, usage = plan.purchase, run.manifest()["usage"]
    with market.account() as account:
        jobs, charged = account.jobs, account.charged
    assert (planned.circuits, planned.shots) == (usage["circuits"], usage["shots"])
    assert planned.jobs == len(jobs)
    assert planned.low == planned.expected == planned.high == charged
    assert run.manifest()["costs"]["billed"] == f"{charged:.2f}"
    with market.ledger() as ledger:
        drafts = [entry.draft for entry in ledger.entries()]
    assert sum(d.circuits for d in drafts) == planned.circuits
    assert sum(d.shots for d in drafts) == planned.shots
    assert sum(d.two_qubit for d in drafts) == planned.two_qubit
    assert charged > Decimal(0)


def test_a_kernel_buys_at_most_what_was_planned(market):
    """Test rows meet the support vectors only, and how many those are nobody knows before."""
    plan, _ = market.run(market.loaded(model__kind="kernel", **PACK))
    with market.ledger() as ledger:
        entries = ledger.entries()
    train, test = plan.rows["train"], plan.rows["test"]
    assert plan.circuits == train * (train - 1) // 2 + train * test
    assert len(entries) <= plan.purchase.jobs
    assert sum(e.billed for e in entries) <= plan.purchase.high
    of_train = [e.draft for e in entries if e.draft.name.startswith("kernel/train")]
    assert sum(d.circuits for d in of_train) == ceil(train * (train - 1) / 2 / 6)
