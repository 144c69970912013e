"""`blobs8` is made as it is described, and its exact distribution is that of its rows."""

import numpy as np
import pytest

from qml.config.sections import DataSection
from qml.data.bits import exact_distribution, load_bits
from qml.data.load import load
from qml.data.sets import blobs8
from qml.errors import DataError
from qml.ports import Silence
from qml.results import mmd

CENTRES = (
    *("1110000001111111", "1111011001101110", "0101000000000111", "0110011101111110"),
    *("1011110000110110", "1100111010010011", "0001010011001010", "1011101010101011"),
)


def whole(**keys):
    section = DataSection(**keys)
    return load_bits(section, root=keys.pop("root", None), environ={}, progress=Silence())


def test_the_centres_are_the_first_draw_of_seed_0():
    p = blobs8.distribution()
    likely = np.argsort(-p)[:8]
    assert {format(i, "016b") for i in likely} == set(CENTRES)
    assert p.sum() == pytest.approx(1.0, abs=1e-12)
    assert p[int(CENTRES[0], 2)] == pytest.approx(0.95**16 / 8, rel=1e-3)


def test_the_rows_are_drawn_from_the_exact_distribution():
    dataset = whole(name="blobs8")
    assert (dataset.split == "train").sum() == 5_000
    assert (dataset.split == "test").sum() == 10_000
    rows = dataset.features.astype(np.int8)
    found = mmd.against_rows(exact_distribution(dataset), rows, [1.0, 2.0])
    assert abs(found.value) < 4 * found.error


def test_classifiers_see_the_blobs_as_labels():
    dataset = load(DataSection(name="blobs8"), root=None, environ={}, progress=Silence())
    assert dataset.classes == tuple("01234567")


def test_some_columns_have_no_known_distribution():
    dataset = whole(name="blobs8", features=["bit_0", "bit_3"])
    assert dataset.features.shape == (15_000, 2)
    assert exact_distribution(dataset) is None


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "rows.csv").write_text("a,b,part\n0,1,train\n1,1,test\n0,0,train\n")
    np.savez(tmp_path / "rows.npz", features=np.array([[0, 1], [1, 1], [0, 0]], dtype=bool))
    (tmp_path / "grey.csv").write_text("a,b\n0,1\n0.5,1\n")
    return tmp_path


def read(folder, **keys):
    return load_bits(DataSection(**keys), root=folder, environ={}, progress=Silence())


def test_files_need_no_target(folder):
    found = read(folder, path="rows.csv", split="part")
    assert found.features.tolist() == [[0, 1], [1, 1], [0, 0]]
    assert found.feature_names == ("a", "b")
    assert found.split.tolist() == ["train", "test", "train"]
    assert read(folder, path="rows.npz").features.tolist() == found.features.tolist()


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"path": "grey.csv"}, "column `a` of `grey.csv` is neither 0 nor 1 in line 3"),
        ({"path": "rows.csv", "split": "part", "features": 2}, "principal components"),
        ({"path": "rows.csv", "split": "part", "classes": 2}, "`data.classes` chooses labels"),
        ({"path": "none.csv"}, "does not exist"),
        ({"name": "digits"}, "is neither 0 nor 1"),
    ],
)
def test_what_are_no_bits_is_refused(folder, keys, words):
    with pytest.raises(DataError, match=words):
        read(folder, **keys)
