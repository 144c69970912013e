import sys

import numpy as np
import pytest

from qml.data.readers.entry import load_entry
from qml.errors import DataError

GOOD = """
import numpy as np
from helper import LABELS

def load():
    return np.eye(4), LABELS

def parted():
    return np.eye(4), LABELS, ["train", "train", "test", "val"]

def frames():
    import pandas as pd
    return pd.DataFrame({"a": [1, 2, 3, 4]}), pd.Series(LABELS)

def whole():
    from qml.data import assemble
    from qml.data.origin import Origin
    return assemble(np.eye(4), np.asarray(LABELS), origin=Origin("mine"), source={})

def alone():
    return np.eye(4)

def four():
    return 1, 2, 3, 4

def short():
    return np.eye(4), LABELS[:3]

def ragged():
    return [[1, 2], [3]], [0, 1]

def scalar():
    return np.eye(4), 5

def text():
    return [["a"], ["b"], ["c"], ["d"]], LABELS

def broken():
    raise KeyError("column")

NUMBER = 3
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "mine.py").write_text(GOOD)
    (tmp_path / "helper.py").write_text('LABELS = ["a", "b", "a", "b"]\n')
    (tmp_path / "torn.py").write_text("import a_module_that_is_not_there\n")
    yield tmp_path
    for name in ("mine", "helper", "torn"):
        sys.modules.pop(name, None)


def test_features_and_labels(project):
    dataset = load_entry("mine:load", project)
    np.testing.assert_array_equal(dataset.features, np.eye(4))
    assert dataset.classes == ("a", "b")
    assert dataset.source["entry"] == "mine:load"
    assert len(dataset.source["files"]["mine.py"]) == 64
    assert str(project) not in sys.path


def test_a_third_part_is_the_split(project):
    split = load_entry("mine:parted", project).split
    assert split.tolist() == ["train", "train", "test", "validation"]


def test_frames_give_names(project):
    assert load_entry("mine:frames", project).feature_names == ("a",)


def test_a_dataset_of_its_own(project):
    assert load_entry("mine:whole", project).source["kind"] == "entry"


def test_two_projects_may_use_one_module_name(project, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "mine.py").write_text("def load():\n    return [[1.0], [2.0]], [0, 1]\n")
    assert len(load_entry("mine:load", project)) == 4
    assert len(load_entry("mine:load", other)) == 2


@pytest.mark.parametrize(
    "entry, message",
    [
        ("nowhere:load", "there is no module `nowhere` for `data.entry`"),
        ("torn:load", r"cannot be imported: ModuleNotFoundError: .*\(`torn.py`, line 1\)"),
        ("mine:laod", r"`mine` has no function `laod` \(`data.entry`\)"),
        ("mine:NUMBER", "`mine` has no function `NUMBER`"),
        ("mine:broken", r"`mine:broken` failed: KeyError: 'column' \(`mine.py`, line 39\)"),
        ("mine:alone", "`mine:alone` returned `ndarray`"),
        ("mine:four", "`mine:four` returned a tuple of 4"),
        ("mine:short", "has 4 rows of features but 3 labels"),
        ("mine:ragged", "returned rows of unequal length"),
        ("mine:scalar", "returned `int` in a part"),
        ("mine:text", "have dtype <U1, not numbers"),
    ],
)
def test_unusable_entry(project, entry, message):
    with pytest.raises(DataError, match=message) as caught:
        load_entry(entry, project)
    if entry == "mine:laod":
        assert "did you mean `load`?" in str(caught.value.hint)
