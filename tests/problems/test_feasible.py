"""Constraints that cannot hold together are found before anything runs."""

import dimod
import numpy as np
import pytest

from qml.errors import DataError
from qml.problems import Arrays, Group, compile_model
from qml.problems.feasible import check_feasible, find_feasible, nearest_feasible
from qml.problems.slack import with_slack
from qml.problems.structure import Limit


def problem(n, groups=(), limits=()):
    return Arrays(
        names=tuple(range(n)),
        linear=np.zeros(n),
        couplings=np.zeros((n, n)),
        offset=0.0,
        groups=groups,
        limits=limits,
    )


def test_groups_that_exclude_each_other_are_named():
    groups = (Group("all", (0, 1, 2), 3, 3), Group("pair", (0, 1), 0, 1))
    with pytest.raises(DataError, match="cannot hold together: `all`, `pair`"):
        check_feasible(problem(3, groups))


def test_a_limit_that_nothing_keeps():
    limits = (Limit("odd", np.array([2.0, 4.0]), 1.0, 1.0),)
    with pytest.raises(DataError, match="`odd`"):
        check_feasible(problem(2, limits=limits))


def test_random_starts_keep_everything():
    rows, columns = [[3 * i + j for j in range(3)] for i in range(3)], None
    columns = [list(c) for c in zip(*rows, strict=True)]
    groups = tuple(Group(str(m), tuple(m), 1, 1) for m in rows + columns)
    rng = np.random.default_rng(0)
    found = np.stack([find_feasible(problem(9, groups), rng) for _ in range(8)])
    assert problem(9, groups).feasible(found).all()
    assert len(np.unique(found, axis=0)) > 2


def test_the_nearest_feasible_assignment_differs_in_fewest_bits():
    found, _ = nearest_feasible(
        problem(5, (Group("k", (0, 1, 2, 3, 4), 2, 2),)), np.array([1, 1, 1, 1, 0], dtype=np.int8)
    )
    assert found.sum() == 2
    assert found[4] == 0


def test_slack_bits_leave_exactly_the_feasible_assignments():
    model = dimod.ConstrainedQuadraticModel()
    bits = [dimod.Binary(i) for i in range(4)]
    model.set_objective(sum(bits))
    model.add_constraint(bits[0] + 2 * bits[1] + 3 * bits[2] <= 4, label="wide")
    model.add_constraint(bits[1] + bits[2] + bits[3] >= 1, label="some")
    whole = compile_model(model)
    wide = with_slack(whole)
    n = wide.size
    x = ((np.arange(2**n)[:, None] >> np.arange(n)) & 1).astype(np.int8)
    kept = {tuple(row[:4]) for row in x[wide.feasible(x)]}
    y = ((np.arange(16)[:, None] >> np.arange(4)) & 1).astype(np.int8)
    assert kept == {tuple(row) for row in y[whole.feasible(y)]}
