"""Files in, models out; whatever is wrong is named with its place."""

import json

import dimod
import pytest
from dimod.serialization import coo as dimod_coo

from qml.errors import DataError
from qml.problems import compile_model
from qml.problems.files import read_problem

LP = """Maximize
 obj: 2 x + 3 y + [ 4 x * y ] / 2
Subject To
 c1: x + y + z <= 2
Binary
 x y z
End
"""
MPS = """NAME SMALL
OBJSENSE
    MAX
ROWS
 N  COST
 L  LIM1
 G  LIM2
 E  ONE
COLUMNS
    MARK0  'MARKER' 'INTORG'
    X  COST  1.0  LIM1  1.0
    X  LIM2  1.0
    Y  COST  2.0  LIM1  1.0
    MARK1  'MARKER' 'INTEND'
    Z  COST  -1.0  ONE  1.0
RHS
    RHS  LIM1  4.0  LIM2  1.0
    RHS  ONE  1.0
RANGES
    RNG  LIM1  2.5
BOUNDS
 BV BND  Z
QUADOBJ
    X X 2.0
    X Y -3.0
ENDATA
"""


@pytest.fixture
def write(tmp_path):
    def put(name, text):
        path = tmp_path / name
        path.write_text(text)
        return path

    return put


def test_coo_is_what_dimod_writes(write):
    model = dimod.BinaryQuadraticModel({0: 1.0, 1: -0.5, 2: 0.0}, {(0, 2): 2.5}, 0.0, "SPIN")
    read = read_problem(write("a.coo", dimod_coo.dumps(model, vartype_header=True)))
    assert dict(read.quadratic) == dict(model.quadratic)
    assert read.vartype is dimod.SPIN


def test_coo_reads_exponents_that_dimod_drops(write):
    text = "0 1 1e-3\n"
    assert not dimod_coo.loads(text, vartype="BINARY").num_interactions  # what we guard against
    assert read_problem(write("a.coo", text)).quadratic[(0, 1)] == 1e-3


def test_json_of_dimod(write):
    model = dimod.BinaryQuadraticModel({"a": 1.0, "b": 2.0}, {("a", "b"): -1.0}, 0.5, "BINARY")
    assert read_problem(write("a.json", json.dumps(model.to_serializable()))) == model


@pytest.mark.parametrize(
    "document",
    [
        {"h": {"0": 0.5, "1": 0}, "J": {"0,1": -1.0}, "offset": 2.0},
        {"h": [0.5, 0.0], "J": [[0, 1, -1.0]], "offset": 2.0},
        {"h": [0.5, 0], "J": {"(0, 1)": -1}, "offset": 2},
    ],
)
def test_ising_json(write, document):
    model = read_problem(write("a.json", json.dumps(document)))
    expected = dimod.BinaryQuadraticModel.from_ising({0: 0.5, 1: 0.0}, {(0, 1): -1.0}, 2.0)
    assert model == expected


@pytest.mark.parametrize("rows", [[[1, 2], [2, 3]], [[1, 4], [0, 3]]])
def test_a_matrix_is_symmetric_or_a_triangle(write, rows):
    problem = compile_model(read_problem(write("a.json", json.dumps({"matrix": rows}))))
    assert problem.linear.tolist() == [1, 3]
    assert problem.couplings[0, 1] == 4


def test_lp_becomes_a_minimum(write):
    problem = compile_model(read_problem(write("a.lp", LP)))
    assert problem.linear.tolist() == [-2, -3, 0]
    assert problem.couplings[0, 1] == -2
    assert problem.groups[0].high == 2


def test_mps_has_ranges_bounds_markers_and_products(write):
    model = read_problem(write("a.mps", MPS))
    problem = compile_model(model)
    assert problem.names == ("X", "Y", "Z")
    assert problem.linear.tolist() == [-2.0, -2.0, 1.0]  # a maximum; X X 2.0 is x^2
    assert problem.couplings[0, 1] == 3.0
    groups = {g.label: (g.members, g.low, g.high) for g in problem.groups}
    assert groups == {
        "LIM1 low": ((0, 1), 2, 2),  # a range of 2.5 below 4
        "LIM2": ((0,), 1, 1),
        "ONE": ((2,), 1, 1),
    }


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.coo", "0 0 1\n0 1 nan\n", "a.coo, line 2: `nan` is not finite"),
        ("a.coo", "0 1\n", "a.coo, line 1: `0 1` is no coefficient"),
        ("a.coo", "# vartype=TERNARY\n", "line 1: unknown vartype `TERNARY`"),
        ("a.coo", "", "a.coo has no variables"),
        ("a.json", "{", "a.json, line 1, column 2"),
        ("a.json", "{}", "this JSON is no problem"),
        (
            "a.json",
            "[[1, 2], [3, 4]]",
            r"not symmetric: entry \[0\]\[1\] is 2, and \[1\]\[0\] is 3",
        ),
        ("a.json", "[[1, NaN], [0, 1]]", "row 0, column 1: `nan` is not finite"),
        ("a.json", "[[1, 2]]", "the matrix is not square"),
        ("a.json", '{"h": [1], "J": [[0, 0, 1]]}', "J couples `0` to itself"),
        ("a.json", '{"h": [1], "K": 1}', "unknown key `K`"),
        ("a.json", '{"h": [1, 1], "J": [[0, 1, 1], [1, 0, 2]]}', "J has `1` and `0` twice"),
        ("a.json", '{"h": ["x"]}', "h of 0: `x` is not a number"),
        ("a.lp", LP.replace("2 x", "nan x"), "a.lp, line 2: `nan` is not finite"),
        ("a.lp", "hello", "a.lp has no variables"),
        ("a.mps", MPS.replace("4.0", "inf"), "a.mps, line 17: `inf` is not finite"),
        ("a.mps", MPS.replace(" BV BND  Z", " UP BND  Z  5"), "column `Z` is not binary"),
        ("a.mps", MPS.replace("ENDATA", ""), "does not end with ENDATA"),
        ("a.mps", MPS.replace("    X  LIM2", "    X  LIM9"), "line 12: unknown row `LIM9`"),
        ("a.xyz", "", "cannot tell the format of a.xyz"),
        ("a.pkl", "", "cannot tell the format of a.pkl"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(write, name, text, said):
    with pytest.raises(DataError, match=said):
        read_problem(write(name, text))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"no file .*missing\.lp"):
        read_problem(tmp_path / "missing.lp")


def test_bytes_are_no_text(tmp_path):
    (tmp_path / "a.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match="no text file"):
        read_problem(tmp_path / "a.json")
