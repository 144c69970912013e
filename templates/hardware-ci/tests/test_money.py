"""What is planned is what is billed, nothing is bought twice, and it stays below the caps."""

from decimal import Decimal

import qml
from conftest import SHORT


def test_the_default_run_costs_less_than_its_cap(project, config, emulator):
    purchase = qml.plan(root=project).purchase
    assert purchase.high < Decimal(config.budget.run)


def test_the_bill_is_the_plan_although_an_answer_was_lost(outcome, project, emulator):
    plan = qml.plan(root=project, set=SHORT)
    seen = emulator.summary()
    assert seen["faults"] == {"502-after-accept": 1}
    assert seen["jobs"] == plan.purchase.jobs
    assert seen["billed"] == outcome.cost.billed == f"{plan.purchase.expected:.2f}"
