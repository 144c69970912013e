"""Solvers of one layer: never worse than where they began, never off the lattice."""

import itertools

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qml.compression.round.annealing import Options, anneal
from qml.compression.round.blocks import Plan, by_blocks
from qml.compression.round.descent import descend
from qml.compression.round.effort import Effort
from qml.compression.round.gptq import gptq
from qml.compression.round.problem import Problem, damped
from qml.compression.round.solving import solved
from qml.config.sections.compress import RoundSection
from qml.ports import SystemClock
from qml.problems.rounding import trial

SAME = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8, deadline=None
)


def effort(**limits):
    return Effort(SystemClock(), lambda: False, **limits)


def codes_of(name, problem, section, limit=None):
    return solved(name, problem, section, seed=0, effort=limit or effort()).codes


def total(problem, codes):
    return float(problem.objectives(codes).sum())


def on_lattice(problem, codes):
    return bool(((codes >= problem.low) & (codes <= problem.high) & (codes == codes.round())).all())


@SAME
@given(
    seed=st.integers(0, 1000),
    width=st.integers(2, 5),
    columns=st.integers(3, 90),
    pruned=st.sampled_from([0.0, 0.5]),
)
def test_descent_never_raises_any_rows_objective(make_problem, seed, width, columns, pruned):
    problem = make_problem(columns=columns, width=width, seed=seed, pruned=pruned)
    for codes in (problem.nearest(problem.target), gptq(problem)):
        before = problem.objectives(codes)
        for after in itertools.islice(descend(problem, codes), 5):
            assert on_lattice(problem, after)
            objectives = problem.objectives(after)
            assert bool((objectives <= before).all())
            before = objectives


@pytest.mark.parametrize("pruned", [0.0, 0.5])
def test_descent_ends_where_no_other_code_of_any_weight_is_better(make_problem, pruned):
    problem = make_problem(pruned=pruned, width=2)
    codes = list(descend(problem, problem.nearest(problem.target)))[-1]
    best = problem.objectives(codes)
    for column, code in itertools.product(range(len(codes)), range(4)):
        other = codes.clone()
        other[column] = torch.clamp(torch.tensor(float(code)), min=problem.low[column]).minimum(
            problem.high[column]
        )
        assert bool((problem.objectives(other) >= best * (1 - 1e-5)).all())


@pytest.mark.parametrize("columns", [7, 97, 200])
def test_gptq_in_blocks_is_gptq_as_it_is_written(make_problem, columns):
    problem = make_problem(columns=columns, rows=4)
    inverse = torch.linalg.inv(problem.hessian.double())
    upper = torch.linalg.cholesky(inverse, upper=True)
    wanted, codes = problem.target.double(), torch.empty_like(problem.target)
    for i in range(columns):
        step, zero = problem.step[i].double(), problem.zero[i].double()
        codes[i] = (wanted[i] / step + zero).round().clamp(problem.low[i], problem.high[i])
        error = (wanted[i] - step * (codes[i] - zero)) / upper[i, i]
        wanted[i:] -= upper[i, i:, None] * error
    assert float((codes != gptq(problem)).double().mean()) < 0.02  # ties of single precision
    assert total(problem, gptq(problem)) == pytest.approx(total(problem, codes), rel=0.02)


def test_the_order_of_gptq_changes_the_codes_and_not_the_problem(make_problem):
    problem = make_problem(columns=40)
    order = torch.argsort(problem.hessian.diagonal(), descending=True)
    codes = gptq(problem, order=order)
    assert on_lattice(problem, codes)
    assert not torch.equal(codes, gptq(problem))
    whole = torch.arange(40)
    assert torch.equal(gptq(problem, order=whole), gptq(problem))


def test_gptq_is_the_published_one_on_the_first_column():
    column = next(trial())
    weights = torch.tensor(column.weights, dtype=torch.float32)[:, None]
    every = torch.ones_like(weights)
    problem = Problem(
        target=weights,
        step=column.step * every,
        zero=8 * every,
        low=0 * every,
        high=16 * every,
        hessian=damped(torch.tensor(column.hessian), 0.01),
    )
    error = problem.values(gptq(problem))[:, 0].double().numpy() - column.weights
    assert error @ column.hessian @ error == pytest.approx(0.372909, abs=1e-6)


@pytest.mark.parametrize("name", ["annealing", "tabu", "exact", "qaoa"])
def test_solvers_go_on_from_descent(make_problem, name):
    problem = make_problem(columns=20, rows=4, width=2)
    section = RoundSection(solver=name, block=5, blocks=4, evaluations=64, refits=0)
    best = total(problem, codes_of("coordinate_descent", problem, section))
    spent = effort()
    codes = codes_of(name, problem, section, spent)
    assert on_lattice(problem, codes)
    assert total(problem, codes) <= best
    assert torch.equal(codes, codes_of(name, problem, section))
    assert spent.evaluations > problem.size


def test_blocks_of_all_weights_are_the_optimum_between_the_neighbours(make_problem):
    problem = make_problem(columns=8, rows=3, width=2)
    codes = problem.nearest(problem.target)
    plan = Plan(solver="exact", size=8, count=9, evaluations=256)
    found = by_blocks(problem, codes, plan, seed=0, effort=effort())
    real = (problem.target / problem.step + problem.zero).floor()
    down = torch.minimum(torch.maximum(real, problem.low), problem.high - 1)
    lowest = torch.full((3,), torch.inf, dtype=torch.float64)
    for ups in itertools.product((0.0, 1.0), repeat=8):
        choice = down + torch.tensor(ups)[:, None]
        lowest = torch.minimum(lowest, problem.objectives(choice))
    torch.testing.assert_close(problem.objectives(found), lowest, rtol=1e-5, atol=1e-9)


def test_pruned_weights_stay_zero(make_problem):
    problem = make_problem(pruned=0.5, width=3)
    fixed = problem.low == problem.high
    assert 0.3 < float(fixed.float().mean()) < 0.7
    section = RoundSection(solver="exact", block=4, blocks=3, refits=0)
    for name in ("rtn", "gptq", "coordinate_descent", "annealing", "exact"):
        codes = codes_of(name, problem, section)
        assert not bool(problem.values(codes)[fixed].any())


def test_an_effort_that_ends_leaves_what_it_had(make_problem):
    problem = make_problem()
    section = RoundSection(solver="annealing", refits=0)
    nearest = problem.nearest(problem.target)
    stopped = Effort(SystemClock(), lambda: True)
    assert torch.equal(codes_of("annealing", problem, section, stopped), nearest)
    until = effort(until=2 * problem.size)
    codes = codes_of("coordinate_descent", problem, section, until)
    one = RoundSection(sweeps=1, refits=0)
    assert torch.equal(codes, codes_of("coordinate_descent", problem, one))
    late = effort(seconds=1e-9)
    assert torch.equal(codes_of("annealing", problem, section, late), nearest)
    assert late.late


def test_annealing_finds_better_codes_than_descent(make_problem):
    problem = make_problem(columns=36, rows=20, width=2)
    codes = list(descend(problem, gptq(problem)))[-1]
    found = anneal(problem, codes, Options(sweeps=24), seed=0, effort=effort())
    assert total(problem, found) < 0.97 * total(problem, codes)
