"""Points in the plane: all there, the marked ones numbered and above, words escaped."""

from xml.etree import ElementTree as ET

from qml.report.svg.plane import Dot, plane_svg


def test_marked_points_are_numbered_and_drawn_last():
    dots = [Dot(0, 0, "first", 1), Dot(1, 2, "second"), Dot(0.5, 1, "third", 2)]
    root = ET.fromstring(plane_svg("A title", dots))
    groups = root.findall("g")
    assert [g.find("title").text for g in groups] == ["second", "first", "third"]
    assert [g.find("text").text for g in groups[1:]] == ["1", "2"]
    assert groups[0].find("text") is None
    assert root.find("title").text == "A title"


def test_points_lie_inside_and_higher_is_up():
    dots = [Dot(-3, -1, "low"), Dot(5, 4, "high")]
    low, high = (g.find("circle").attrib for g in ET.fromstring(plane_svg("t", dots)).findall("g"))
    assert 0 < float(low["cx"]) < float(high["cx"]) < 440
    assert 320 > float(low["cy"]) > float(high["cy"]) > 0


def test_words_are_escaped_and_cut():
    svg = plane_svg("t", [Dot(0, 0, "<b>" + "x" * 200)])
    assert "<b>" not in svg
    assert "\N{HORIZONTAL ELLIPSIS}" in svg


def test_one_point_has_a_place():
    assert "circle" in plane_svg("t", [Dot(0, 0, "only")])
