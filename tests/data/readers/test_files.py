"""The same data in each format, and what is wrong with a file, before anything is trained."""

import gzip

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.config.sections.data import DataSection
from qml.data import load
from qml.data.readers.files import read_features
from qml.errors import DataError
from qml.ports import Silence

CSV = "x0,x1,label,part\n1,2.5,cat,train\n2,0.1,dog,train\n3,-1,cat,test\n4,1e-3,dog,test\n"


def read(path, **keys):
    section = DataSection(path=path.name, **keys)
    return load(section, root=path.parent, environ={}, progress=Silence())


def test_columns_have_their_roles(load_file):
    dataset = load_file("a.csv", CSV, target="label", split="part")
    np.testing.assert_array_equal(dataset.features, [[1, 2.5], [2, 0.1], [3, -1], [4, 1e-3]])
    assert dataset.classes == ("cat", "dog")
    assert dataset.labels.tolist() == [0, 1, 0, 1]
    assert dataset.feature_names == ("x0", "x1")
    assert dataset.split.tolist() == ["train", "train", "test", "test"]
    assert dataset.source["path"] == "a.csv"
    assert list(dataset.source["files"]) == ["a.csv"]


def test_listed_columns_leave_text_beside(load_file):
    text = "id,x,y\na17,1,0\nb9,2,1\n"
    dataset = load_file("a.csv", text, target="y", features=["x"])
    assert dataset.feature_names == ("x",)


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_one_digest_whatever_the_format(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("formats")
    width = data.draw(st.sampled_from([32, 64]))
    numbers = st.floats(-1e9, 1e9, width=width)
    columns = {
        f"f{i}": np.asarray(data.draw(st.lists(numbers, min_size=6, max_size=6)), f"f{width // 8}")
        for i in range(2)
    }
    labels = data.draw(st.sampled_from([[1, 0, 2, 1, 0, 2], list("abcabc"), [True, False] * 3]))
    split = ["train", "train", "train", "val", "test", "test"]
    frame = pd.DataFrame(columns | {"y": labels, "part": split})
    # repr of a float64 is exact; a float32 is written as the float64 it is
    frame.astype(dict.fromkeys(columns, np.float64)).to_csv(folder / "d.csv", index=False)
    (folder / "e.csv.gz").write_bytes(gzip.compress((folder / "d.csv").read_bytes()))
    frame.to_csv(folder / "t.tsv", index=False, sep="\t", float_format="%.17g")
    frame.to_parquet(folder / "d.parquet")
    np.savez(folder / "d.npz", **columns, y=labels, part=split)
    np.savez(folder / "m.npz", X=np.stack(list(columns.values()), 1), y=labels, part=split)
    names = ["d.csv", "e.csv.gz", "t.tsv", "d.parquet", "d.npz", "m.npz"]
    found = [read(folder / name, target="y", split="part") for name in names]
    assert {dataset.digest for dataset in found} == {found[0].digest}
    assert {dataset.classes for dataset in found} == {found[0].classes}


@pytest.mark.parametrize(
    "text, keys, message, hint",
    [
        ("", {}, "`a.csv` is empty", "column names"),
        ("x,y\n", {"target": "y"}, "has 0 rows and 1 feature columns", "check the file"),
        ("y\n0\n1\n", {"target": "y"}, "no feature columns beside `y`", "columns: `y`"),
        ("x,Label\n1,0\n2,1\n", {"target": "label"}, "no column `label`", "did you mean `Label`?"),
        ("x,y\n1,0\n2,1\n", {}, r"no column `target` \(`data.target`\)", "columns: `x`, `y`"),
        ("x,y\n1,0\n", {"target": "y", "split": "part"}, r"no column `part` \(`data.split`\)", ""),
        ("1,2\n3,4\n", {"target": "y"}, "no column `y`", "the first line of the file must hold"),
        ("x;y\n1;0\n", {"target": "y"}, "no column `y`", "parted by commas"),
        ("x,y\n1,0\n2\n", {"target": "y"}, "cannot be read as CSV: .*Expected 2 columns", "UTF-8"),
        ("x,x,y\n1,2,0\n", {"target": "y"}, "more than one column named `x`", "rename"),
        (",x,y\n0,1,0\n1,2,1\n", {"target": "y"}, "column 1 of `a.csv` has no name", "index=False"),
        ("x,y\n1,0\nhot,1\n", {"target": "y"}, "`x` .* is not numeric: `hot` in line 3", "encode"),
        ("x,y\n1,0\n,1\n2,1\n", {"target": "y"}, "column `x` .* missing .* in line 3", "fill"),
        ("x,y\n1,0\ninf,1\n", {"target": "y"}, "column `x` .* is infinite in line 3", "fill"),
        ("x,z,y\n1,,0\n2,,1\n", {"target": "y"}, "column `z` .* in lines 2, 3", "fill"),
        ("x,y\n1,0\n2,\n", {"target": "y"}, "the label is missing in line 3", "fill"),
        ("x,y\n1,a\n2,a\n", {"target": "y"}, "only one class, `a`", "at least two"),
        ("x,y\n1,0.5\n2,0.7\n3,0.8\n", {"target": "y"}, "labels .* look continuous", "bins"),
        ("x,y\n1,0\n2,1\n", {"target": "y", "features": ["z"]}, "no column `z`", "columns: `x`"),
        ("x,y\n1,0\n2,1\n", {"target": "y", "features": ["y"]}, "lists `y`", "learns nothing"),
        (
            "x,y,part\n1,0,train\n2,1,tset\n",
            {"target": "y", "split": "part"},
            "the split of `a.csv` is `tset` in line 3",
            "`train`, `validation`",
        ),
        (
            "x,day,y\n1,2026-01-02,0\n2,2026-01-03,1\n",
            {"target": "y"},
            "column `day` of `a.csv` is not numeric: `2026-01-02` in lines 2, 3",
            "data.features",
        ),
    ],
)
def test_unusable_file(load_file, text, keys, message, hint):
    with pytest.raises(DataError, match=message) as caught:
        load_file("a.csv", text, **keys)
    assert hint in str(caught.value.hint)


def test_missing_file(load_file, tmp_path):
    (tmp_path / "flowers.csv").write_text(CSV)
    with pytest.raises(DataError, match=r"flower.csv` does not exist") as caught:
        load_file("flower.csv")
    assert "did you mean `flowers.csv`?" in str(caught.value.hint)
    with pytest.raises(DataError, match=r"does not exist") as caught:
        load_file("nowhere/flowers.csv")
    assert "there is no folder" in str(caught.value.hint)


def test_unknown_format(load_file):
    with pytest.raises(DataError, match=r"`a.xlsx` is of an unknown format") as caught:
        load_file("a.xlsx", "x")
    assert ".parquet" in str(caught.value.hint)


def test_published_files_load(shared):
    for path in sorted((shared / "published").glob("*d*.csv")):
        if path.name == "expected.csv":
            continue
        dataset = read(path, target="y", split="split")
        assert dataset.classes == ("-1", "1")
        assert [(dataset.split == part).sum() for part in ("train", "test")] == [240, 60]


class TestReadFeatures:
    def test_other_columns_do_not_matter(self, tmp_path):
        (tmp_path / "new.csv").write_text("note,b,a\nhello,1,2\nyou,3,4\n")
        found = read_features(tmp_path / "new.csv", ["a", "b"])
        np.testing.assert_array_equal(found, [[2, 1], [4, 3]])

    def test_missing_columns_are_named(self, tmp_path):
        (tmp_path / "new.csv").write_text("a\n1\n")
        with pytest.raises(DataError, match=r"`new.csv` has no columns `b`, `c`"):
            read_features(tmp_path / "new.csv", ["a", "b", "c"])

    def test_arrays_fit_by_position(self, tmp_path):
        np.savez(tmp_path / "new.npz", X=np.eye(3))
        found = read_features(tmp_path / "new.npz", ["a", "b", "c"])
        np.testing.assert_array_equal(found, np.eye(3))
        with pytest.raises(DataError, match=r"has no columns `a`, `b`"):
            read_features(tmp_path / "new.npz", ["a", "b"])

    def test_missing_values_are_refused(self, tmp_path):
        (tmp_path / "new.csv").write_text("a,b\n1,\n")
        with pytest.raises(DataError, match=r"column `b` of `new.csv` .* in line 2"):
            read_features(tmp_path / "new.csv", ["a", "b"])
