"""Round ticks and linear scales."""

import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qml.report.svg.axes import Frame, Scale, axes, padded, ticks

_bounds = st.tuples(
    st.floats(-1e6, 1e6, allow_subnormal=False), st.floats(1e-6, 1e6, allow_subnormal=False)
).map(lambda pair: (pair[0], pair[0] + max(pair[1], abs(pair[0]) * 1e-6)))


@given(_bounds)
def test_ticks_lie_inside_and_are_few_and_even(bounds):
    low, high = bounds
    found = ticks(low, high)
    air = 1e-6 * (high - low)
    assert 2 <= len(found) <= 7
    assert all(low - air <= tick <= high + air for tick in found)
    steps = [b - a for a, b in pairwise(found)]
    assert all(math.isclose(step, steps[0], rel_tol=1e-3) for step in steps)


def test_ticks_are_round():
    assert ticks(0, 1) == [0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert ticks(0.13, 2.41) == [0.5, 1.0, 1.5, 2.0]
    assert ticks(0, 1350) == [0, 250, 500, 750, 1000, 1250]


def test_scale_maps_ends_to_ends():
    scale = Scale(10, 20, 100, 0)
    assert (scale(10), scale(20), scale(15)) == (100, 0, 50)


def test_padded_bounds_have_a_width():
    assert padded([1.0, 2.0]) == (0.95, 2.05)
    for values in ([0.0], [3.0, 3.0], [-2.0]):
        low, high = padded(values)
        assert low < values[0] < high


def test_labels():
    frame = Frame()
    x = Scale(0, 1350, frame.left, frame.right)
    drawn = axes(frame, x, Scale(0, 1, 200, 0), x_label="step", percent=True)
    assert ">80 %<" in drawn
    assert ">1,000<" in drawn
    drawn = axes(frame, x, Scale(-0.7, 0.7, 200, 0), x_label="step")
    assert ">\N{MINUS SIGN}0.25<" in drawn
