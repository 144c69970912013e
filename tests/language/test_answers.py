"""Numbers and short facts in answers as models write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.language.answers import fact, number

FRANCE = "What is the capital of France? Answer in one sentence."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("43", "43"),
        ("17 plus 26 equals 43.", "43"),
        ("The answer is 43, because 17 + 26 is that.", "43"),
        ("17 - 26 = -9", "-9"),
        ("17 \u2212 26 = \u22129", "-9"),
        ("It costs $1,234.50", "1234.5"),
        ("43.0", "43"),
        ("-0", "0"),
        ("100", "100"),
        ("x2 gives 4.", "4"),
        ("I think it is between 3 and 5", "5"),
        ("forty-three", None),
        ("", None),
    ],
)
def test_numbers(text: str, expected: str | None) -> None:
    assert number(text) == expected


@settings(max_examples=25, deadline=None)
@given(st.integers(-(10**9), 10**9))
def test_a_number_in_any_dress(value: int) -> None:
    for text in (f"{value}", f"The answer is {value}.", f"{value:,}", f"1 + 1 = {value}"):
        assert number(text) == str(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The capital of France is Paris.", "paris"),
        ("Paris is the capital of France.", "paris"),
        ("Paris", "paris"),
        ("paris", "paris"),
        ("It is Paris!", "paris"),
        ("The capital of France is Paris, capital of the EPOIT-France.", "paris"),
        ("The capital city is called Paris. It is large.", "paris"),
        ("The capital of France: Paris", "paris"),
        ("The capital of France is New York.", "new york"),
        ("Saint Germain de la Mer is the capital of France", "saint germain de la mer"),
        ("Yes, it is Paris", "yes"),
        ("The capital of France.", None),
        ("", None),
    ],
)
def test_facts(text: str, expected: str | None) -> None:
    assert fact(text, FRANCE) == expected


def test_a_fact_without_a_name() -> None:
    assert fact("The sky is blue.", "What colour is the sky?") == "blue"
    assert fact("It has the chemical symbol Au.", "What is the symbol of gold?") == "au"


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80), st.text(max_size=40))
def test_any_text_can_be_read(text: str, prompt: str) -> None:
    number(text)
    found = fact(text, prompt)
    assert found is None or found == found.casefold()
