from pathlib import Path

import pytest

from qml.config.sections.data import DataSection
from qml.data import load
from qml.errors import DataError, PluginError
from qml.ports import Silence


def loaded(root: Path = Path(), **keys):
    return load(DataSection(**keys), root=root, environ={}, progress=Silence())


@pytest.mark.parametrize(
    "keys, message",
    [
        ({}, "not none of them"),
        ({"name": "digits", "path": "a.csv"}, "not `data.name` and `data.path`"),
    ],
)
def test_exactly_one_source(keys, message):
    with pytest.raises(DataError, match=message):
        loaded(**keys)


def test_unknown_name():
    with pytest.raises(PluginError, match=r"unknown dataset `digit`"):
        loaded(name="digit")


def test_built_ins_come_by_the_plug_ins_door():
    assert loaded(name="digits").source["name"] == "digits"


def test_entry(tmp_path):
    (tmp_path / "own_entry.py").write_text("def load():\n    return [[1.0], [2.0]], [0, 1]\n")
    assert len(loaded(tmp_path, entry="own_entry:load")) == 2
