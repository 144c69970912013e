import numpy as np
import pandas as pd
import pytest

from qml.data.readers.parquet import read_parquet
from qml.errors import DataError


def test_row_numbers_of_pandas_are_no_feature(tmp_path):
    frame = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0], "y": [0, 1, 0, 1]})
    frame[frame.a != 2].to_parquet(tmp_path / "a.parquet")
    assert read_parquet(tmp_path / "a.parquet").names == ["a", "y"]


def test_categories_and_decimals(tmp_path):
    from decimal import Decimal

    frame = pd.DataFrame({"y": pd.Categorical(["b", "a"]), "x": [Decimal("1.5"), Decimal(2)]})
    frame.to_parquet(tmp_path / "a.parquet")
    table = read_parquet(tmp_path / "a.parquet")
    assert table.columns["y"].tolist() == ["b", "a"]
    np.testing.assert_array_equal(table.features(["x"]), [[1.5], [2.0]])


@pytest.mark.parametrize("content", [b"x", b"PAR1" + b"\0" * 40])
def test_damaged_file(tmp_path, content):
    (tmp_path / "a.parquet").write_bytes(content)
    with pytest.raises(DataError, match=r"`a.parquet` cannot be read as Parquet"):
        read_parquet(tmp_path / "a.parquet")
