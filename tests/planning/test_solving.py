"""What quantum solvers ask of a backend, and its price."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from qml.backends.registry import capabilities_of
from qml.config import validate
from qml.errors import ConfigError, PlanError
from qml.planning.site import Site
from qml.planning.solving import ENUMERATED, plan_solving
from qml.pricing.tasks import TasksTariff
from qml.problems import Arrays, Group
from qml.testing.fake_vendor import FakeAccount, FakeClock, FakeRemote

TARIFF = TasksTariff(
    provider="fake", device="one", source="test", currency="USD", task=Decimal(1), shot=Decimal(0)
)
PROBLEM = Arrays(
    names=("a", "b"),
    linear=np.array([1.0, -1.0]),
    couplings=np.array([[0.0, 2.0], [2.0, 0.0]]),
    offset=0.0,
)
BY_SHOTS = {"angles": "optimise", "search": "shots", "iterations": 7}


@pytest.fixture
def site():
    opened = FakeRemote(FakeAccount(None, FakeClock().now), circuits_per_job=10_000)
    yield Site(name="fake.one", capabilities=opened.capabilities, remote=opened, tariff=TARIFF)
    opened.close()


def _plan(site, solvers=("qaoa",), options=None, evaluations=None, problem=PROBLEM, **backend):
    config = validate({"backend": {"name": site.name, "shots": 10, **backend}})
    return plan_solving(
        config, site, problem, solvers=solvers, options=options or {}, evaluations=evaluations
    )


def _local(name="jax", shots=0):
    section = validate({"backend": {"name": name, "shots": shots}}).backend
    return Site(name=name, capabilities=capabilities_of(section))


def test_one_circuit_where_the_angles_are_known(site):
    plan = _plan(site, ("local_search", "qaoa"))
    assert (plan.circuits, plan.shots, plan.purchase.jobs) == (1, 10, 1)
    assert plan.purchase.expected == Decimal(1)
    assert plan.purchase.two_qubit == 5
    assert ENUMERATED not in plan.warnings
    assert (plan.model.kind, plan.model.qubits, plan.model.parameters) == ("qaoa", 2, 10)


def test_a_search_by_shots_is_priced_to_its_end(site):
    plan = _plan(site, options={"qaoa": BY_SHOTS})
    assert (plan.circuits, plan.shots, plan.purchase.jobs) == (15, 150, 8)
    assert plan.purchase.expected == Decimal(8)


def test_several_solvers_are_one_purchase(site):
    plan = _plan(site, ("qaoa", "vqe"))
    assert plan.model.kind == "qaoa + vqe"
    assert ENUMERATED in plan.warnings  # the engine finds the angles of vqe
    assert (plan.circuits, plan.purchase.circuits, plan.purchase.jobs) == (2, 2, 2)
    assert plan.purchase.expected == plan.purchase.high == Decimal(2)


def test_solvers_without_circuits_buy_nothing(site):
    plan = _plan(site, ("local_search",), shots=10)
    assert plan.purchase.free
    assert (plan.circuits, plan.warnings) == (0, ())


def test_the_engine_says_that_it_enumerates():
    plan = _plan(_local(), shots=0)
    assert plan.purchase.free
    assert plan.circuits == 0
    assert ENUMERATED in plan.warnings
    assert plan.bytes is not None


def test_a_state_that_no_memory_holds_is_refused():
    wide = Arrays(
        names=tuple(range(25)), linear=np.zeros(25), couplings=np.zeros((25, 25)), offset=0.0
    )
    with pytest.raises(PlanError, match="amplitudes"):
        _plan(_local(), problem=wide, shots=0)
    few = replace(wide, groups=(Group("two", tuple(range(25)), 2, 2),))
    assert _plan(_local(), problem=few, shots=0).bytes < 100_000


def test_a_simulator_of_circuits_is_free():
    plan = _plan(_local("aer", 10))
    assert plan.purchase.free
    assert (plan.circuits, plan.purchase.shots) == (1, 10)


def test_what_cannot_run_is_refused(site):
    with pytest.raises(PlanError, match="need shots"):
        _plan(_local("aer"), shots=0)
    with pytest.raises(PlanError, match="the budget has 9"):
        _plan(site, evaluations=9)
    few = replace(site, capabilities=replace(site.capabilities, qubits=1))
    with pytest.raises(PlanError, match="qubits"):
        _plan(few)
    with pytest.raises(ConfigError, match="layers"):
        _plan(site, options={"qaoa": {"layers": 0}})
