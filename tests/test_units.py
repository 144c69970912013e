from decimal import Decimal

import pytest

from qml.units import Money, duration


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
