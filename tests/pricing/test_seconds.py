"""Prices by time."""

from decimal import Decimal

import pytest

from qml.config import validate
from qml.errors import PlanError
from qml.pricing import Tariffs
from qml.pricing.seconds import SecondsTariff


def envelope(quote) -> tuple[Decimal, Decimal, Decimal]:
    return quote.low, quote.expected, quote.high


@pytest.mark.parametrize(
    ("plan", "price"), [(None, "16"), ("pay-as-you-go", "16"), ("flex", "12"), ("premium", "8")]
)
def test_ten_seconds_at_ibm(shipped, job, plan, price):
    quote = shipped.find("ibm", "ibm_fez", plan=plan).quote(job(1, seconds=Decimal(10)))
    assert envelope(quote) == (Decimal(price),) * 3


def test_the_open_plan_and_ibms_fakes_cost_nothing(shipped, job):
    assert shipped.find("ibm", "ibm_fez", plan="open").quote(job(1)).high == 0
    for plan in (None, "premium"):
        assert shipped.find("ibm", "fake_manila", plan=plan).quote(job(1)).high == 0


def test_the_simulator_vector_of_brakets_tracker(job):
    """Six dollars a minute; two tasks of 123 and 1,729 ms count 3,000 ms each."""
    tariff = SecondsTariff(
        provider="braket",
        device="bar",
        rate=Decimal("6.0"),
        per=Decimal(60),
        minimum_seconds=Decimal(3),
    )
    quote = tariff.quote(job(1, circuits=2, seconds=Decimal("1.852")))
    assert envelope(quote) == (Decimal("0.6"),) * 3
    assert quote.minimum_applies
    assert quote.notes[-1] == "2 tasks x 3 s minimum"
    assert tariff.quote(job(1, seconds=Decimal("12.345"))).high == Decimal("1.2345")


def test_the_split_among_tasks_is_not_known(shipped, job):
    """Nine seconds in three tasks: three of 3 s, or one of 9 s and two that take the minimum."""
    quote = shipped.find("braket", "sv1").quote(job(1, circuits=3, seconds=Decimal(9)))
    assert envelope(quote) == (Decimal("0.01125"), Decimal("0.01125"), Decimal("0.01875"))


def test_an_enforced_limit_is_the_upper_bound(shipped, job):
    quote = shipped.find("ibm", "x").quote(job(1, seconds=Decimal(2), most_seconds=Decimal(60)))
    assert envelope(quote) == (Decimal("3.2"), Decimal("3.2"), Decimal(96))
    assert quote.notes[0].endswith("2 s is an estimate")


def test_an_estimate_that_nothing_limits_says_so(shipped, job):
    quote = shipped.find("ibm", "x").quote(job(1, seconds=Decimal(2)))
    assert quote.notes[0].endswith("2 s is an estimate, and no limit is set for the job")


def test_time_is_rounded_up_to_ten_milliseconds_for_rigetti_on_azure(shipped, job):
    quote = shipped.find("azure", "ankaa-3").quote(job(1, seconds=Decimal("0.0101")))
    assert (quote.expected, quote.high) == (Decimal("0.04"), Decimal("0.04"))


def test_each_task_is_rounded_up(shipped, job):
    quote = shipped.find("azure", "ankaa-3").quote(job(1, circuits=2, seconds=Decimal("0.0101")))
    assert envelope(quote) == (Decimal("0.0202"), Decimal("0.04"), Decimal("0.06"))


def test_a_third_of_a_second_three_times_is_a_second(job):
    """0.333... x 3 is less than 1, and would fall on the other side of the rounding."""
    tariff = SecondsTariff(provider="a", device="b", rate=Decimal("0.0000095"))
    quote = tariff.quote(job(1, circuits=3, seconds=Decimal(1)))
    assert envelope(quote) == (Decimal("0.000010"),) * 3


def test_pasqal_is_paid_in_euros(shipped, job):
    quote = shipped.find("azure", "fresnel").quote(job(1, seconds=Decimal(60)))
    assert (quote.high, quote.currency) == (50, "EUR")
    assert shipped.find("azure", "emu-tn").quote(job(1, seconds=Decimal(60))).high == Decimal(
        "0.25"
    )


def test_dwave_has_no_price_until_the_user_writes_theirs(shipped, job):
    size = job(1, seconds=Decimal("0.208168"))
    with pytest.raises(PlanError, match="by quotation") as caught:
        shipped.find("dwave", "advantage").quote(size)
    assert "[pricing.dwave.advantage]" in str(caught.value.hint)
    own = validate({"pricing": {"dwave": {"advantage": {"rate": "3600", "per": "3600"}}}})
    assert Tariffs.load(own.pricing).find("dwave", "advantage").quote(size).high == size.seconds


def test_time_that_nobody_estimated_is_refused(shipped, job):
    with pytest.raises(PlanError, match="how long the job takes"):
        shipped.find("ibm", "ibm_fez").quote(job(1))
