"""What IonQ's API tells of a machine, beside what is planned; against the emulator."""

from dataclasses import replace
from decimal import Decimal

import pytest

from qml.emulators.ionq import serve
from qml.session import World
from qml.tasks.compare import candidate
from qml.tasks.offer import offer, plan_on


@pytest.fixture(scope="module")
def emulator():
    with serve(seed=1) as running:
        yield running


@pytest.fixture
def asking(market, emulator):
    environ = {**market.world.environ, "IONQ_API_URL": emulator.url, "IONQ_API_KEY": "any"}
    return replace(market.world, environ=environ)


def test_a_machine_tells_its_queue_and_its_own_estimate(market, asking, check):
    wanted = market.loaded(train__gradient="spsa")
    plan = candidate(wanted, "ionq.forte-1", asking, ask=True).plan
    told = plan.purchase
    assert told.available is True
    assert told.queue is not None
    assert told.queue >= 0
    assert told.fidelity is not None
    assert 0.9 < told.fidelity <= 1
    assert told.circuits * Decimal("25.79") == told.expected
    assert told.vendor is not None
    assert told.vendor > 0
    assert not any("queue unknown" in w for w in plan.warnings)
    check(plan.document())


def test_the_simulator_is_free_and_says_so(market, asking, check):
    plan = offer(market.loaded(backend__name="ionq"), asking).plan
    assert plan.backend == "ionq.simulator"
    assert plan.purchase.free
    assert plan.purchase.jobs > 0
    check(plan.document())


def test_side_by_side_without_a_key(market, asking):
    nobody = World(environ={}, progress=asking.progress, clock=asking.clock)
    plan = plan_on(market.loaded(), ["ionq.forte-1", "ionq.simulator"], nobody)
    assert [p.queue for p in plan.purchases] == [None, None]
    assert sum("no credentials" in w for w in plan.warnings) == 2
