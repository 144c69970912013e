import numpy as np
import pytest

from qml.data.readers.npz import read_npz
from qml.errors import DataError

LABELS = np.asarray([0, 1, 0])


def saved(tmp_path, **arrays):
    np.savez(tmp_path / "a.npz", **arrays)
    return tmp_path / "a.npz"


def test_matrix_columns_have_names(tmp_path):
    assert read_npz(saved(tmp_path, X=np.eye(3), y=LABELS)).names == ["y", "x0", "x1", "x2"]
    named = saved(tmp_path, X=np.eye(3), y=LABELS, feature_names=["a", "b", "c"])
    assert read_npz(named).names == ["y", "a", "b", "c"]


def test_images_are_flattened(tmp_path):
    table = read_npz(saved(tmp_path, X=np.zeros((3, 4, 5)), y=LABELS))
    assert table.features([f"x{i}" for i in range(20)]).shape == (3, 20)


@pytest.mark.parametrize(
    "arrays, message",
    [
        ({"X": np.eye(3), "y": np.asarray(["a", None, {}], object)}, "holds pickled objects"),
        ({"X": np.eye(3), "Z": np.eye(3), "y": LABELS}, "more than one array of features: `X`"),
        ({"X": np.eye(3), "y": np.zeros(4)}, "differ in length: `y` 4, `x0` 3"),
        ({"X": np.full((3, 2), "a"), "y": LABELS}, "have dtype <U1, not numbers"),
        ({"X": np.eye(3), "y": LABELS, "feature_names": ["a", "b"]}, "not give 3 different names"),
        ({"X": np.eye(3), "y": LABELS, "feature_names": ["a", "a", "b"]}, "3 different names"),
        ({"X": np.eye(3), "y": LABELS, "feature_names": ["a", "y", "b"]}, "3 different names"),
    ],
)
def test_unusable_arrays(tmp_path, arrays, message):
    with pytest.raises(DataError, match=message):
        read_npz(saved(tmp_path, **arrays))


@pytest.mark.parametrize("content", [b"PK\x03\x04 torn", b"nothing of the kind"])
def test_damaged_archive(tmp_path, content):
    (tmp_path / "a.npz").write_bytes(content)
    with pytest.raises(DataError, match=r"`a.npz` cannot be read as NPZ"):
        read_npz(tmp_path / "a.npz")


def test_torn_archive(tmp_path):
    path = saved(tmp_path, X=np.eye(3), y=LABELS)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(DataError, match=r"`a.npz` cannot be read as NPZ"):
        read_npz(path)


def test_a_pickle_never_runs(tmp_path):
    """A file that would make a folder if it were unpickled."""

    class Trap:
        def __reduce__(self):
            return (__import__("os").mkdir, (str(tmp_path / "sprung"),))

    path = saved(tmp_path, X=np.eye(3), y=np.asarray([Trap(), Trap(), Trap()], dtype=object))
    with pytest.raises(DataError, match=r"holds pickled objects"):
        read_npz(path)
    assert not (tmp_path / "sprung").exists()


def test_a_bare_array_is_no_archive(tmp_path):
    np.save(tmp_path / "a.npy", np.eye(3))
    (tmp_path / "a.npz").write_bytes((tmp_path / "a.npy").read_bytes())
    with pytest.raises(DataError, match=r"`a.npz` cannot be read as NPZ"):
        read_npz(tmp_path / "a.npz")
