"""Which backend of a route, and why."""

from decimal import Decimal

import pytest

from qml.errors import PlanError
from qml.planning.purchase import Purchase
from qml.planning.routing import Refused, choose_route


def _purchase(name, price, **facts):
    amount = Decimal(price)
    sums = {"low": amount, "expected": amount, "high": amount}
    return Purchase(
        name=name, circuits=1, shots=1, one_qubit=0, two_qubit=0, jobs=1, **(sums | facts)
    )


THREE = [
    _purchase("a", "30", queue=10.0, fidelity=0.99),
    _purchase("b", "20", queue=500.0, fidelity=0.995),
    _purchase("c", "40", queue=None, fidelity=None),
]


@pytest.mark.parametrize(
    ("prefer", "chosen"), [("cheapest", "b"), ("soonest", "a"), ("best-fidelity", "b")]
)
def test_what_is_preferred_decides(prefer, chosen):
    routing = choose_route(THREE, [], prefer)
    assert routing.chosen == chosen
    assert prefer in routing.reason
    assert [row["name"] for row in routing.document()["candidates"]] == ["a", "b", "c"]


def test_machines_that_take_no_jobs_are_passed_over_and_named():
    away = _purchase("b", "20", available=False)
    routing = choose_route([THREE[0], away], [Refused(name="x", reason="36 qubits")], "cheapest")
    assert routing.chosen == "a"
    assert {r.name for r in routing.refused} == {"x", "b"}


def test_no_machine_is_an_error_that_never_falls_back_by_itself():
    with pytest.raises(PlanError, match="no backend of the route") as found:
        choose_route([], [Refused(name="x", reason="too small")], "cheapest")
    assert "x: too small" in found.value.details
    assert "backend.fallback" in found.value.hint


def test_currencies_are_not_compared():
    with pytest.raises(PlanError, match="USD"):
        choose_route([THREE[0], _purchase("h", "5", currency="HQC")], [], "cheapest")
