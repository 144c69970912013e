"""The plan of a benchmark: those of its cells, added up."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from qml.errors import PlanError
from qml.planning.plan import Plan
from qml.planning.purchase import Purchase

NOTE = "the benchmark's cells together; --max-cost holds for all of them"


def total(plans: Sequence[Plan]) -> Plan:
    """Add plans up.

    Args:
        plans: At least one.

    Raises:
        PlanError: Prices are in several currencies.
    """
    purchases = [plan.purchase for plan in plans]
    currencies = sorted({purchase.currency for purchase in purchases})
    if len(currencies) > 1:
        raise PlanError(
            f"the cells are paid in {', '.join(currencies)}, and one cap holds for one currency",
            hint="a benchmark for each: --backends",
        )
    warnings = dict.fromkeys(warning for plan in plans for warning in plan.warnings)
    return replace(
        plans[0],
        chosen=None,
        circuits=sum(plan.circuits for plan in plans),
        shots=sum(plan.shots for plan in plans),
        purchases=(_sum(purchases),),
        advice=(),
        warnings=tuple(warnings),
    )


def _sum(purchases: Sequence[Purchase]) -> Purchase:
    names = dict.fromkeys(purchase.name for purchase in purchases)
    return Purchase(
        name=", ".join(names),
        circuits=sum(p.circuits for p in purchases),
        shots=sum(p.shots for p in purchases),
        one_qubit=sum(p.one_qubit for p in purchases),
        two_qubit=sum(p.two_qubit for p in purchases),
        jobs=sum(p.jobs for p in purchases),
        low=sum((p.low for p in purchases), Decimal(0)),
        expected=sum((p.expected for p in purchases), Decimal(0)),
        high=sum((p.high for p in purchases), Decimal(0)),
        currency=purchases[0].currency,
        minimum_applies=any(p.minimum_applies for p in purchases),
        notes=(NOTE,),
    )
