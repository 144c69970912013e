from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from qml.config import Loaded, load, validate
from qml.errors import ConfigError


def loaded(tmp_path: Path, text: str, **options) -> Loaded:
    (tmp_path / "qml.toml").write_text(text)
    return load(tmp_path, environ={}, **options)


def failure(tmp_path: Path, text: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, text)
    return caught.value


@pytest.mark.parametrize("header", ["[pricing.ionq.forte-1]", '[pricing."ionq.forte-1"]'])
def test_a_price_of_ones_own(tmp_path: Path, header):
    text = f'{header}\ntwo_qubit = "0.0009"\nminimum = 20.5\ndate = 2026-11-01\n'
    config = loaded(tmp_path, text).config
    own = config.pricing.own["ionq"]["forte-1"]
    assert (own.two_qubit, own.minimum) == (Decimal("0.0009"), Decimal("20.5"))
    assert own.date == date(2026, 11, 1)
    assert validate(config.document()) == config


def test_it_can_be_set_on_the_command_line(tmp_path: Path):
    config = loaded(tmp_path, "", pairs=["pricing.ionq.forte-1.minimum=20"]).config
    assert config.pricing.own["ionq"]["forte-1"].minimum == 20


@pytest.mark.parametrize("header", ["[pricing.ionq.forte-1]", '[pricing."ionq.forte-1"]'])
@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ('"-0.1"', "should be greater than or equal to 0"),
        ("nan", "should be a finite number"),
        ('"inf"', "should be a finite number"),
        ('"cheap"', "should be a valid decimal"),
    ],
)
def test_a_price_that_is_none_is_shown_with_line_and_caret(tmp_path: Path, header, value, reason):
    error = failure(tmp_path, f"{header}\ntwo_qubit = {value}  # mine\n")
    key = "pricing.ionq.forte-1.two_qubit"
    assert error.message == f"qml.toml:2:13: `{key}`: {reason}"
    assert error.details is not None
    assert f" |             {'^' * len(value)} got" in error.details
    assert error.hint == "Price of a two-qubit gate, per shot. Leave it out for the default, unset."


def test_a_misspelt_rate(tmp_path: Path):
    error = failure(tmp_path, '[pricing.ionq.forte-1]\ntwo_qubits = "0.1"\n')
    assert error.message == "qml.toml:2:1: unknown key `pricing.ionq.forte-1.two_qubits`"
    assert error.hint == "did you mean `pricing.ionq.forte-1.two_qubit`?"


def test_a_missing_device_and_a_misspelt_key(tmp_path: Path):
    error = failure(tmp_path, '[pricing.ionq]\ntwo_qubit = "0.1"\n')
    assert error.message == "qml.toml:2:13: `pricing.ionq.two_qubit`: should be a table"
    assert error.hint == "Prices; your own stand in tables [pricing.PROVIDER.DEVICE]."
    error = failure(tmp_path, "[pricing]\nwarn_afer = 3\n")
    assert error.message == "qml.toml:2:13: `pricing.warn_afer`: should be a table"


def test_half_a_rate_is_refused(tmp_path: Path):
    """Sixty times too cheap otherwise: IBM's shipped Flex price is one of a minute."""
    error = failure(tmp_path, '[pricing.ibm.ibm_fez]\nrate = "1.40"\n')
    assert error.message == (
        "qml.toml:1:2: `pricing.ibm.ibm_fez`: `rate` needs `per` beside it, what the price buys"
    )
