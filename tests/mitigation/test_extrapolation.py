import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qml.mitigation.extrapolation import exponential, linear, richardson


@pytest.mark.parametrize(
    ("scales", "expected", "squares"),
    [((1, 2, 3), (3, -3, 1), 19), ((1, 3, 5), (15 / 8, -5 / 4, 3 / 8), 5.21875)],
)
def test_richardson_has_the_published_coefficients(scales, expected, squares):
    found = richardson(scales)
    assert found == pytest.approx(expected, abs=1e-12)
    assert (found**2).sum() == pytest.approx(squares, abs=1e-12)


@given(st.lists(st.floats(-1, 1), min_size=3, max_size=3))
def test_richardson_is_exact_for_a_parabola(coefficients):
    scales = np.array([1.0, 2.0, 4.0])
    values = np.polyval(coefficients, scales)
    assert richardson(scales) @ values == pytest.approx(coefficients[-1], abs=1e-9)


def test_a_line_is_fitted_by_least_squares():
    scales, values = np.array([1.0, 2.0, 5.0]), np.array([0.7, 0.6, 0.1])
    assert linear(scales) @ values == pytest.approx(np.polyfit(scales, values, 1)[1])


def test_an_exponential_is_found_and_what_is_none_stays():
    scales = [1.0, 3.0, 5.0]
    decaying = 0.8 * np.exp(-0.1 * np.array(scales))
    columns = np.stack([decaying, -decaying, [0.1, -0.1, 0.1], [0.2, 0.3, 0.4]], axis=1)
    found = exponential(scales, columns)
    assert found[:3] == pytest.approx([0.8, -0.8, 0.1])
    assert 0.2 < found[3] < 0.4  # what grows is no decay: the mean, not an extrapolation


def test_an_exponential_stays_within_one():
    assert exponential([1.0, 2.0], np.array([[0.9], [0.5]])) == pytest.approx([1.0])
