"""The bill as Braket's own Tracker counts it, and as our tariffs do."""

from decimal import Decimal

import pytest

from qml.backends.base import Intent
from qml.circuits import Work
from qml.pricing import JobSize, Tariffs
from qml.pricing.tasks import TasksTariff
from qml.testing.circuits import bell

HEAD = "Region Code,DeviceName,Product Family,PricePerUnit,Currency,Unit"


@pytest.fixture
def tracker(cloud, monkeypatch):
    """Returns a tracker that knows these prices of Forte 1, from AWS's kind of file."""
    from braket.tracking import Tracker, pricing

    def make(task, shot):
        rows = [
            f"us-east-1,Forte-1,{family},{price},USD,count"
            for family, price in (("Quantum Task", task), ("Quantum Task-Shot", shot))
        ]
        cloud.prices = "\n".join([*["metadata"] * 5, HEAD, *rows])
        pricing._pricing._price_list = []
        pricing._pricing.price_search.cache_clear()
        return Tracker()

    monkeypatch.setenv("BRAKET_PRICE_OFFERS_URL", f"{cloud.url}/prices.csv")
    yield make
    pricing._pricing._price_list = []
    pricing._pricing.price_search.cache_clear()


def bought(backend, work, tracker):
    with tracker:
        for part in backend.split(work):
            backend.submit(part, Intent(key=part.digest[:32], digest=""))
    return tracker.qpu_tasks_cost()


def quoted(backend, work, tariff):
    return sum(
        tariff.quote(
            JobSize(circuits=tuple(backend.sizes(part)), shots=part.shots, tasks=1)
        ).expected
        for part in backend.split(work)
    )


@pytest.mark.parametrize("program_sets", [True, False])
def test_what_is_sent_costs_what_was_planned(opened, tracker, program_sets):
    backend = opened(program_sets=program_sets)
    tariff = Tariffs.load().find("braket", "forte-1")
    work = Work(circuits=(bell(),) * 3, shots=10, seed=1)
    cost = bought(backend, work, tracker(tariff.task, tariff.shot))
    assert cost == quoted(backend, work, tariff)
    assert cost == 30 * Decimal("0.08") + (1 if program_sets else 3) * Decimal("0.30")


def test_the_vector_of_the_sdk(opened, tracker):
    """Shot 0.001 and task 1.0: four tasks of a hundred shots are 4.4."""
    prices = {"task": Decimal("1.0"), "shot": Decimal("0.001")}
    backend = opened(program_sets=False)
    work = Work(circuits=(bell(),) * 4, shots=100)
    tariff = TasksTariff(provider="braket", device="forte-1", **prices)
    assert bought(backend, work, tracker(**prices)) == quoted(backend, work, tariff)
    assert quoted(backend, work, tariff) == Decimal("4.4")
