import operator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.errors import UsageError
from qml.units import FREE, Money, duration, to_cent


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0.0 s"),
        (0.44, "0.4 s"),
        (9.99, "10.0 s"),
        (12.4, "12 s"),
        (200, "3 min 20 s"),
        (7500, "2 h 05 min"),
    ],
)
def test_durations_read_well(seconds, text):
    assert duration(seconds) == text


def test_money_is_written_to_the_cent():
    assert str(Money(amount=Decimal("25.789"))) == "25.79 USD"


def test_money_adds_and_compares_in_one_currency():
    one, two = Money(amount=Decimal("1.10")), Money(amount=Decimal("2.20"))
    assert one + two == Money(amount=Decimal("3.30"))
    assert two - one == one
    assert one * 2 == two
    assert one < two
    assert two >= one
    assert max(one, two, FREE) == two


@pytest.mark.parametrize(
    "mix", [operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge]
)
def test_currencies_do_not_mix(mix):
    with pytest.raises(UsageError, match=r"1\.00 USD|2\.00 EUR") as caught:
        mix(Money(amount=Decimal(1)), Money(amount=Decimal(2), currency="EUR"))
    assert "budget.currency" in str(caught.value.hint)


def test_cents_are_rounded_as_vendors_do():
    assert to_cent(Decimal("168.195")) == Decimal("168.20")
    assert to_cent(Decimal("25.7899")) == Decimal("25.79")
    assert Money(amount=Decimal("0.725")).rounded() == Money(amount=Decimal("0.73"))


@given(st.decimals(-1_000_000, 1_000_000, places=6))
def test_micros_are_exact_where_they_can_be(amount):
    money = Money(amount=amount, currency="EUR")
    assert Money.from_micros(money.micros, "EUR") == money


@given(st.decimals(0, 1_000_000, places=9))
def test_micros_never_fall_short(amount):
    kept = Money.from_micros(Money(amount=amount).micros).amount
    assert amount <= kept < amount + Decimal("0.000001")


def test_money_is_no_float():
    with pytest.raises(TypeError, match="Decimal"):
        Money(amount=0.1)
    with pytest.raises(ValueError, match="finite"):
        Money(amount=Decimal("NaN"))
