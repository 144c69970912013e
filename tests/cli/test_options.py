from decimal import Decimal

import pytest
import typer

from qml.cli.options import parse_money


@pytest.mark.parametrize("text", ["0", "25.00", "1e9"])
def test_amounts(text):
    assert parse_money(text) == Decimal(text)


@pytest.mark.parametrize("text", ["", "x", "-1", "nan", "sNaN", "inf", "1e12", "9e999999"])
def test_no_amounts(text):
    with pytest.raises(typer.BadParameter, match="no amount of money"):
        parse_money(text)
