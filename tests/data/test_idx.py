import gzip

import numpy as np
import pytest

from qml.data.idx import parse_idx, read_idx
from qml.errors import DataError

VALUES = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
CONTENT = b"\0\0\x08\x03" + np.asarray([2, 3, 4], ">u4").tobytes() + VALUES.tobytes()


def test_values(tmp_path):
    (tmp_path / "a.gz").write_bytes(gzip.compress(CONTENT, mtime=0))
    np.testing.assert_array_equal(read_idx(tmp_path / "a.gz"), VALUES)


@pytest.mark.parametrize(
    "content, message",
    [
        (b"", "not an IDX file"),
        (b"\0\0\x0d\x01" + CONTENT[4:], "not an IDX file of unsigned bytes"),
        (CONTENT[:-1], "holds 23 values where its header says"),
        (CONTENT[:10], "ends within its header"),
    ],
)
def test_damaged_content(content, message):
    with pytest.raises(DataError, match=message):
        parse_idx(content, "a.gz")


@pytest.mark.parametrize("content", [CONTENT, gzip.compress(CONTENT, mtime=0)[:-9], b""])
def test_damaged_gzip(tmp_path, content):
    (tmp_path / "a.gz").write_bytes(content)
    with pytest.raises(DataError, match=r"a.gz` is not a whole gzip file"):
        read_idx(tmp_path / "a.gz")
