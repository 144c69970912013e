from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from qml.units import Money


def test_a_price_older_than_ninety_days_is_warned_about(shipped):
    tariff = replace(shipped.find("azure", "forte-1"), date=date(2026, 8, 23))
    assert tariff.stale(date(2026, 11, 21)) is None
    assert tariff.stale(date(2026, 11, 22)) == (
        "the price of `azure.forte-1` is from 2026-08-23 (Azure Quantum price page, IonQ), "
        "91 days old: check it, and write what you found with its date under "
        "[pricing.azure.forte-1]"
    )
    assert tariff.stale(date(2026, 8, 25), days=1) is not None
    assert replace(tariff, date=None).stale(date(2099, 1, 1)) is None


def test_equal_jobs_and_sums(shipped, job):
    forte = shipped.find("ionq", "forte-1")
    small, big = forte.quote(job(1, 1)), forte.quote(job(51, 11, shots=10_000))
    assert small.times(3).high == Decimal("77.37")
    total = small + big
    assert (total.low, total.high) == (Decimal("232.74"), Decimal("232.74"))
    assert total.minimum_applies
    assert (small + small).notes == small.notes
    with pytest.raises(ValueError, match="do not add"):
        small + shipped.find("azure", "forte-1").quote(job(1, 1))


def test_a_quote_is_an_envelope(shipped, job):
    quote = shipped.find("ionq", "forte-1").quote(job(1, 1))
    with pytest.raises(ValueError, match="not an envelope"):
        replace(quote, low=quote.high + 1)


def test_amounts_carry_the_currency(shipped):
    assert shipped.find("azure", "fresnel").money(Decimal("1.005")) == Money(
        amount=Decimal("1.005"), currency="EUR"
    )
