"""Numbers and words for people."""

import math

import pytest

from qml.report import numbers, words
from qml.report.values import short


@pytest.mark.parametrize(
    ("function", "value", "text"),
    [
        (numbers.percent, 0.94722, "94.7 %"),
        (numbers.percent, 1.0, "100.0 %"),
        (numbers.percent, None, "—"),
        (numbers.percent, math.nan, "—"),
        (numbers.interval, [0.9191, 0.9659], "91.9 to 96.6"),
        (numbers.interval, None, "—"),
        (numbers.interval, [0.1, math.nan], "—"),
        (numbers.count, 17884.6, "17,885"),
        (numbers.seconds, 0.0004, "< 1 ms"),
        (numbers.seconds, 0.0312, "31 ms"),
        (numbers.seconds, 0.0994, "99 ms"),
        (numbers.seconds, 0.0996, "0.1 s"),
        (numbers.seconds, 200, "3 min 20 s"),
        (numbers.points, 0.0166, "+1.7 points"),
        (numbers.points, -0.0389, "\N{MINUS SIGN}3.9 points"),
        (numbers.points, -0.0001, "0.0 points"),
        (numbers.p_value, 0.0312, "p = 0.031"),
        (numbers.p_value, 0.0004, "p < 0.001"),
        (numbers.p_value, 1.0, "p = 1"),
        (numbers.size, 0, "0 B"),
        (numbers.size, 1912, "1.9 KiB"),
        (numbers.size, 3 * 1024**4, "3.0 TiB"),
        (numbers.decimal, -0.18341, "\N{MINUS SIGN}0.1834"),
        (numbers.moment, "2026-11-21T10:03:12.123Z", "2026-11-21 10:03 UTC"),
        (numbers.moment, 0, "1970-01-01 00:00 UTC"),
        (numbers.moment, None, "—"),
        (short, "ab" * 32, "abababababab"),
        (short, {"a": 1200, "b": None, "c": [1, "x"]}, "a 1,200, c 1, x"),
        (short, True, "yes"),
    ],
)
def test_numbers(function, value, text):
    assert function(value) == text


@pytest.mark.parametrize(
    ("difference", "p", "standing", "sentence"),
    [
        (0.03, 0.01, "ahead", "+3.0 points, significantly better (p = 0.01)"),
        (-0.03, 0.01, "behind", "\N{MINUS SIGN}3.0 points, significantly worse (p = 0.01)"),
        (0.03, 0.05, "even", "+3.0 points, not significant (p = 0.05)"),
        (0.0, 1.0, "even", "0.0 points, not significant (p = 1)"),
    ],
)
def test_comparison_uses_the_corrected_p_value(difference, p, standing, sentence):
    found = {"difference": difference, "p_value": p / 3, "p_adjusted": p}
    assert words.standing(found) == standing
    assert words.comparison(found) == sentence


def test_cost():
    assert words.cost({"estimated": "0.00", "billed": "0.00", "currency": "USD"}) == (
        "nothing (0.00 USD)"
    )
    assert words.cost({"estimated": "3.20", "billed": "3.05", "currency": "EUR"}) == (
        "3.05 EUR billed, 3.20 EUR estimated"
    )
