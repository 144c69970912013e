"""Amazon Braket's prices, against its price page and against its own tracker."""

from decimal import Decimal

import pytest

from qml.pricing.tasks import TasksTariff

MACHINES = {
    "forte-1": "80.30",
    "forte-enterprise-1": "80.30",
    "garnet": "1.75",
    "emerald": "1.90",
    "cepheus-1-108q": "0.725",
    "ibex-q1": "23.80",
    "aquila": "10.30",
}


@pytest.mark.parametrize("device", MACHINES)
def test_a_thousand_shots(shipped, job, device):
    quote = shipped.find("braket", device).quote(job(5, 5, shots=1_000))
    assert quote.low == quote.expected == quote.high == Decimal(MACHINES[device])


def test_the_vector_of_brakets_tracker(job):
    tariff = TasksTariff(
        provider="braket", device="foo", task=Decimal("1.0"), shot=Decimal("0.001")
    )
    quote = tariff.quote(job(1, shots=100, circuits=4))
    assert quote.high == Decimal("4.4")
    assert quote.notes == ("4 tasks x 1.00 USD fee = 4.00 USD",)


def test_a_program_set_pays_one_fee(shipped, job):
    ibex = shipped.find("braket", "ibex-q1")
    assert ibex.quote(job(1, shots=100, circuits=50)).high == Decimal("132.50")
    together = ibex.quote(job(1, shots=100, circuits=50, tasks=1))
    assert together.high == Decimal("117.80")
    assert together.notes == ()


def _offer(device: str, family: str, rate: Decimal) -> dict[str, str]:
    return {
        "Region Code": "here",
        "DeviceName": device.capitalize().replace("Ibex", "IBEX"),
        "Version": device.upper(),
        "Product Family": family,
        "operation": "CompleteTask",
        "PricePerUnit": str(rate),
        "Unit": "minutes",
        "Currency": "USD",
    }


@pytest.fixture
def tracker(monkeypatch, shipped):
    """Braket's own cost tracker, with our rates as its price list."""
    pricing = pytest.importorskip("braket.tracking.pricing", reason="extra `braket` is missing")
    from braket.tracking import Tracker

    machines = {name: shipped.find("braket", name) for name in MACHINES}
    rows = [
        _offer(name, family, rate)
        for name, tariff in machines.items()
        for family, rate in (("Quantum Task", tariff.task), ("Quantum Task-Shot", tariff.shot))
    ]
    rows.append(_offer("sv1", "Simulator Task", shipped.find("braket", "sv1").rate))
    monkeypatch.setattr(pricing._pricing, "_price_list", rows)
    pricing.Pricing.price_search.cache_clear()
    yield Tracker()
    pricing.Pricing.price_search.cache_clear()


@pytest.mark.parametrize("device", MACHINES)
def test_brakets_tracker_counts_the_same_for_machines(tracker, shipped, job, device):
    from braket.tracking.tracking_events import _TaskCreationEvent

    for number in range(3):
        tracker.receive_event(
            _TaskCreationEvent(
                arn=f"a:b:c:here:{number}", shots=177, is_job_task=False, device=f"qpu/x/{device}"
            )
        )
    quote = shipped.find("braket", device).quote(job(1, shots=177, circuits=3))
    assert tracker.qpu_tasks_cost() == quote.expected


def test_brakets_tracker_counts_the_same_for_simulators(tracker, shipped, job):
    from braket.tracking.tracking_events import _TaskCompletionEvent, _TaskCreationEvent

    for number, duration in enumerate((123, 2_000, 12_345)):
        arn = f"a:b:c:here:{number}"
        tracker.receive_event(
            _TaskCreationEvent(arn=arn, shots=0, is_job_task=False, device="simulator/sv1")
        )
        tracker.receive_event(
            _TaskCompletionEvent(arn=arn, execution_duration=duration, status="COMPLETED")
        )
    sv1 = shipped.find("braket", "sv1")
    alone = [sv1.quote(job(1, seconds=Decimal(s))) for s in ("0.123", "2", "12.345")]
    cost = tracker.simulator_tasks_cost()
    assert abs(cost - sum(quote.high for quote in alone)) <= Decimal("0.000001")
    together = sv1.quote(job(1, circuits=3, seconds=Decimal("14.468")))
    assert together.low <= cost <= together.high
