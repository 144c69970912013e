"""Curves: where points lie, how many are thinned, what a single point becomes."""

import math
import re

import pytest

from qml.report.svg.axes import Frame
from qml.report.svg.curve import STRETCHES, Point, Series, curve_svg, finite, thinned
from tests.report.markup_checks import read


def _points(values):
    return [Point(i + 1, v, v, v) for i, v in enumerate(values)]


def _draw(*series, **options):
    return curve_svg(series, title="Loss", x_label="step", **options)


def test_a_line_spans_the_frame():
    drawn = _draw(Series(name="training", points=_points([2.0, 1.0, 0.5]), role="train"))
    read(drawn)
    path = re.search(r'<path d="M([^"]*)" class="line train"', drawn)[1]
    places = [tuple(map(float, pair.split())) for pair in path.split("L")]
    frame = Frame()
    assert len(places) == 3
    assert places[-1][0] == pytest.approx(frame.right, abs=0.1)
    assert all(frame.top <= y <= frame.bottom for _, y in places)
    assert places[0][1] < places[1][1] < places[2][1], "a falling loss goes down the page"


def test_a_band_is_drawn_only_where_there_is_an_interval():
    sure = Series(name="a", points=_points([1.0, 2.0]), role="train")
    assert "band" not in _draw(sure)
    wide = Series(name="b", points=[Point(1, 0.5, 0.4, 0.6), Point(2, 0.7, 0.6, 0.8)], role="test")
    assert 'class="band test"' in _draw(sure, wide, percent=True)


def test_one_point_is_a_dot():
    drawn = _draw(Series(name="a", points=_points([1.0]), role="train"))
    assert 'class="dot train"' in drawn


def test_shares_stay_between_0_and_100_percent():
    drawn = _draw(Series(name="a", points=_points([0.0, 1.0]), role="train"), percent=True)
    assert ">100 %<" in drawn
    assert ">120 %<" not in drawn


def test_constant_values_can_be_drawn():
    for value in (0.0, 1.0):
        points = _points([value, value])
        read(_draw(Series(name="a", points=points, role="train"), percent=True))


def test_thinning_keeps_the_mean_the_range_and_the_last_step():
    points = _points([float(i % 10) for i in range(1000)])
    thin = thinned(points)
    assert len(thin) == STRETCHES
    assert all((p.y, p.low, p.high) == (4.5, 0.0, 9.0) for p in thin)
    assert thin[-1].x == points[-1].x
    assert thinned(points[:50]) == points[:50]


def test_values_that_are_no_numbers_are_left_out():
    assert len(finite(_points([1.0, math.nan, math.inf, 2.0]))) == 2
