"""How JSON documents are written."""

import json
import math
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from qml.report.documents import dumps

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)  # fmt: skip


@given(_values, st.booleans())
def test_what_is_written_reads_back(value, ascii_only):
    assert json.loads(dumps(value, ascii_only=ascii_only)) == value


def test_short_tables_stay_on_one_line():
    text = dumps({"metrics": {"test_accuracy_ci": [0.1, 0.2]}, "long": ["x" * 60, "y" * 60]})
    assert text.splitlines() == [
        "{",
        '  "metrics": {"test_accuracy_ci": [0.1, 0.2]},',
        '  "long": [',
        f'    "{"x" * 60}",',
        f'    "{"y" * 60}"',
        "  ]",
        "}",
    ]


def test_what_json_does_not_know():
    document = {"a": math.nan, "b": (1, math.inf), "c": Decimal("1.20"), "d": Path("runs/x")}
    assert json.loads(dumps(document)) == {"a": None, "b": [1, None], "c": "1.20", "d": "runs/x"}
