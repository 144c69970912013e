"""The number that a command printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.errors import UsageError
from qml.tasks.tune.numbers import number_in


@pytest.mark.parametrize(
    ("text", "source", "metric", "value"),
    [
        ("0.5\n", "stdout", None, 0.5),
        ("epoch 1\nepoch 2\n-3e-2\n\n", "stdout", None, -0.03),
        ('log\n{"metric": 0.25, "x": 1}\n', "stdout", None, 0.25),
        ('{"f1": 0.9}', "stdout", "f1", 0.9),
        ("acc=0.1\nacc=0.7 done\nbye", "acc=([0-9.]+)", None, 0.7),
    ],
)
def test_it_is_found(text, source, metric, value):
    assert number_in(text, source, metric) == value


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [
        ("", "stdout", "it printed nothing"),
        ("done", "stdout", "'done' where a number was expected"),
        ("nan", "stdout", "cannot be compared"),
        ('{"loss": 1}', "stdout", "no `metric`"),
        ("{broken", "stdout", "no JSON"),
        ("hello", "acc=([0-9.]+)", "nothing that it printed matches"),
        ("acc=1.2.3", "acc=([0-9.]+)", "'1.2.3' where a number was expected"),
    ],
)
def test_what_is_no_number_is_told(text, source, said):
    with pytest.raises(UsageError, match=said):
        number_in(text, source, None)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_python_prints_numbers_that_come_back(value):
    assert number_in(f"{value!r}\n", "stdout", None) == value
