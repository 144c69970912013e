from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.errors import LedgerError
from qml.ledger.amounts import LARGEST, decimal, micros, owed, show


@given(st.integers(min_value=-LARGEST, max_value=LARGEST))
def test_millionths_come_back(value: int) -> None:
    assert micros(decimal(value), "USD") == value


@given(st.decimals(min_value=0, max_value=10**9, places=9))
def test_a_reserve_never_falls_short(amount: Decimal) -> None:
    assert amount <= decimal(owed(amount, "USD")) < amount + Decimal("0.000001")


@pytest.mark.parametrize(
    "value, text", [(25_790_000, "25.79 USD"), (1, "0.000001 USD"), (0, "0.00 USD")]
)
def test_amounts_for_people(value: int, text: str) -> None:
    assert show(value, "USD") == text


@pytest.mark.parametrize("amount", ["-0.000001", "NaN", "Infinity", "9007199255"])
def test_no_amount_to_be_paid(amount: str) -> None:
    with pytest.raises(LedgerError):
        owed(Decimal(amount), "USD")
