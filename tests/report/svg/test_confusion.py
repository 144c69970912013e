"""The confusion matrix shows every number, and survives odd classes."""

from qml.report.svg.confusion import confusion_svg
from tests.report.markup_checks import read


def test_every_number_and_class_is_there():
    drawn = confusion_svg(["cat", "dog"], [[1234, 5], [0, 7]])
    read(drawn)
    for needle in (">1,234<", ">5<", ">7<", ">cat<", "cat as dog: 5", "dog as cat: 0"):
        assert needle in drawn


def test_a_class_without_rows():
    read(confusion_svg(["a", "b"], [[0, 0], [1, 2]]))


def test_long_names_are_clipped_and_turned():
    drawn = confusion_svg(["a very long name of a class"] * 6, [[1] * 6] * 6)
    read(drawn)
    assert "rotate(-48)" in drawn
    assert ">a very long\N{HORIZONTAL ELLIPSIS}<" in drawn


def test_names_are_escaped():
    drawn = confusion_svg(["<script>", "b"], [[1, 0], [0, 1]])
    assert "<script>" not in drawn
