"""`data.options`: what a data set does not have is refused before anything is drawn."""

import pytest

from qml.config.sections.data import DataSection
from qml.data import load
from qml.errors import ConfigError
from qml.ports import Silence


def draw(name, options, **keys):
    section = DataSection(name=name, options=options, **keys)
    return load(section, root=None, environ={}, progress=Silence())


@pytest.mark.parametrize(
    ("name", "options", "message", "hint"),
    [
        ("two_curves", {"degrees": 3}, "no option `degrees`", "did you mean `degree`?"),
        ("digits", {"size": 3}, "`digits` has no option `size`", "leave data.options out"),
        ("blobs8", {"seed": 3}, "`blobs8` has no option `seed`", "leave data.options out"),
        ("fashion_mnist", {"rows": 3}, "`fashion_mnist` has no option", "leave data.options out"),
        ("two_curves", {"degree": 0}, "degree` is 0", "a whole number, at least 1"),
        ("two_curves", {"degree": 2.5}, "degree` is 2.5", "a whole number"),
        ("two_curves", {"degree": True}, "degree` is True", "a whole number"),
        ("two_curves", {"rows": 11}, "rows` is 11", "a multiple of 2, at least 10"),
        ("two_curves", {"noise": -1}, "noise` is -1", "a number, at least 0"),
        ("two_curves", {"noise": float("nan")}, "noise` is nan", "a number"),
        ("two_curves", {"series": "degre"}, "series` is 'degre'", "did you mean `degree`?"),
        ("two_curves", {"series": 3}, "series` is 3", "it can be `features`, `degree`"),
    ],
)
def test_refused(name, options, message, hint):
    with pytest.raises(ConfigError, match=message) as caught:
        draw(name, options)
    assert hint in caught.value.hint


def test_a_file_has_no_options():
    section = DataSection(path="data.csv", options={"seed": 1})
    with pytest.raises(ConfigError, match=r"settings of a named data set, not of `data.path`"):
        load(section, root=None, environ={}, progress=Silence())


def test_whole_numbers_do_for_numbers():
    assert draw("two_curves", {"noise": 0}).source["options"]["noise"] == 0.0
