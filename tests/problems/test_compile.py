"""Arrays say what dimod says."""

import dimod
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.errors import DataError
from qml.problems import compile_model

_NUMBERS = st.floats(-5, 5).map(lambda v: round(v, 3))


@st.composite
def models(draw, most=6):
    vartype = draw(st.sampled_from(["BINARY", "SPIN"]))
    n = draw(st.integers(1, most))
    model = dimod.BinaryQuadraticModel(vartype)
    for i in range(n):
        model.add_linear(i, draw(_NUMBERS))
        for j in range(i):
            if draw(st.booleans()):
                model.add_quadratic(i, j, draw(_NUMBERS))
    model.offset = draw(_NUMBERS)
    return model


@settings(max_examples=60, deadline=None)
@given(models())
def test_every_assignment_has_the_energy_that_dimod_gives_it(model):
    problem = compile_model(model)
    x = ((np.arange(2**problem.size)[:, None] >> np.arange(problem.size)) & 1).astype(np.int8)
    values = 1 - 2 * x if model.vartype is dimod.SPIN else x
    assert problem.objectives(x) == pytest.approx(model.energies((values, problem.names)), abs=1e-9)


def test_zero_is_spin_plus_one():
    problem = compile_model(dimod.BinaryQuadraticModel({"a": 3.0}, {}, "SPIN"))
    assert problem.objectives(np.array([[0], [1]], dtype=np.int8)).tolist() == [3.0, -3.0]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_coefficient_that_is_not_finite_is_named(value):
    model = dimod.BinaryQuadraticModel({"a": 1.0, "b": 0.0}, {("a", "b"): value}, "BINARY")
    with pytest.raises(DataError, match=r"coefficient of `a` and `b` is (nan|inf)"):
        compile_model(model)


def _constrained(*constraints):
    model = dimod.ConstrainedQuadraticModel()
    bits = [dimod.Binary(name) for name in "abcd"]
    model.set_objective(bits[0] - bits[1])
    for i, build in enumerate(constraints):
        model.add_constraint(build(*bits), label=f"c{i}")
    return model


def test_sums_of_equal_weights_are_groups_and_the_rest_limits():
    problem = compile_model(
        _constrained(
            lambda a, b, c, d: a + b + c + d == 2,
            lambda a, b, c, _: 2 * a + 2 * b + 2 * c <= 3,
            lambda _, b, c, d: -b - c - d <= -1,
            lambda a, b, *_: a - b >= 0,
        )
    )
    assert [(g.label, g.members, g.low, g.high) for g in problem.groups] == [
        ("c0", (0, 1, 2, 3), 2, 2),
        ("c1", (0, 1, 2), 0, 1),
        ("c2", (1, 2, 3), 1, 3),
    ]
    assert [limit.label for limit in problem.limits] == ["c3"]
    samples = np.array([[1, 0, 0, 1], [0, 1, 0, 1], [1, 1, 0, 0]], dtype=np.int8)
    assert problem.feasible(samples).tolist() == [True, False, False]


def test_two_constraints_on_the_same_variables_are_one_group():
    problem = compile_model(
        _constrained(lambda a, b, c, _: a + b + c >= 1, lambda a, b, c, _: a + b + c <= 2)
    )
    assert [(g.low, g.high) for g in problem.groups] == [(1, 2)]


@pytest.mark.parametrize(
    ("constraints", "said"),
    [
        ([lambda a, b, *_: a * b >= 1], "is quadratic"),
        ([lambda a, b, *_: a + b >= 3], "`c0` cannot hold"),
        ([lambda a, b, *_: 2 * a + 2 * b == 3], "`c0` cannot hold"),
        ([lambda a, b, *_: a + b >= 2, lambda a, b, *_: a + b <= 1], "`c0` and `c1` cannot hold"),
    ],
)
def test_what_cannot_be_solved_is_refused(constraints, said):
    with pytest.raises(DataError, match=said):
        compile_model(_constrained(*constraints))


def test_integers_are_refused():
    model = dimod.ConstrainedQuadraticModel()
    model.set_objective(dimod.Integer("i", upper_bound=7))
    with pytest.raises(DataError, match="`i` is integer, not binary"):
        compile_model(model)


def test_a_soft_constraint_is_refused():
    model = _constrained()
    model.add_constraint(dimod.Binary("a") + dimod.Binary("b") <= 1, label="soft", weight=2.0)
    with pytest.raises(DataError, match="`soft` is soft"):
        compile_model(model)
