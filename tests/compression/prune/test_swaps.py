"""Exchanges and updates beside what enumeration finds."""

from itertools import combinations

import pytest
import torch

from qml.compression.prune.refine import refined
from qml.compression.prune.scores import smallest, wanda
from qml.compression.prune.sparsegpt import sparsegpt
from qml.compression.prune.swaps import exchanged
from qml.compression.prune.update import updated


def _sums(problem, mask):
    return problem.losses(problem.weight * mask)


def _best(problem):
    """Return the least pair sum of each row over all masks with half of the weights."""
    columns = problem.weight.shape[1]
    best = torch.full((len(problem.weight),), torch.inf)
    for gone in combinations(range(columns), columns // 2):
        mask = torch.ones_like(problem.weight, dtype=torch.bool)
        mask[:, list(gone)] = False
        best = torch.minimum(best, _sums(problem, mask))
    return best


def test_exchanges_of_twelve_weights_mostly_reach_the_best_mask(make_problem):
    problem = make_problem(rows=60, columns=12)
    found, best = _sums(problem, exchanged(problem, wanda(problem).mask)), _best(problem)
    assert (found >= best * (1 - 1e-3) - 1e-4).all()
    assert (found <= best * 1.001 + 1e-4).float().mean() > 0.6
    assert found.sum() < 0.5 * _sums(problem, wanda(problem).mask).sum()


@pytest.mark.parametrize("start", [wanda, smallest])
@pytest.mark.parametrize(("columns", "pattern"), [(12, None), (70, None), (24, (2, 4))])
def test_no_row_is_worse_than_the_start(make_problem, start, columns, pattern):
    problem = make_problem(rows=40, columns=columns, pattern=pattern)
    begun = start(problem).mask
    mask = exchanged(problem, begun)
    assert (_sums(problem, mask) <= _sums(problem, begun)).all()
    assert (mask.sum(1) == begun.sum(1)).all()


@pytest.mark.parametrize("steps", [1, 5, 40])
def test_an_update_raises_no_row_and_ends_at_the_closed_form(make_problem, steps):
    problem = make_problem(rows=20, columns=16)
    mask = wanda(problem).mask
    start = problem.weight * mask
    found = updated(problem, start, mask, steps=steps)
    assert (problem.losses(found) <= problem.losses(start)).all()
    assert not found[~mask].any()
    if steps < 16:
        return
    for row, wanted, kept in zip(found, problem.weight, mask, strict=True):
        inner = problem.hessian[kept][:, kept].double()
        exact = torch.linalg.solve(inner, problem.hessian[kept].double() @ wanted.double())
        torch.testing.assert_close(row[kept], exact.float(), rtol=2e-3, atol=2e-3)


@pytest.mark.parametrize(("columns", "pattern"), [(12, None), (70, None), (24, (2, 4))])
def test_exchanges_with_updates_keep_the_numbers_and_raise_no_row(make_problem, columns, pattern):
    problem = make_problem(rows=40, columns=columns, pattern=pattern)
    start = sparsegpt(problem)
    found = refined(problem, start)
    assert (problem.losses(found.weight) <= problem.losses(start.weight)).all()
    assert problem.losses(found.weight).sum() < 0.9 * problem.losses(start.weight).sum()
    assert (found.mask.sum(1) == start.mask.sum(1)).all()
    assert not found.weight[~found.mask].any()
    if pattern is not None:
        assert (found.mask.view(40, -1, 4).sum(-1) == 2).all()


def test_exchanges_with_updates_come_near_the_best_of_all_masks(make_problem):
    """Half of eight weights, each mask with its best values."""
    problem = make_problem(rows=20, columns=8)
    best = torch.full((20,), torch.inf)
    for kept in combinations(range(8), 4):
        mask = torch.zeros(20, 8, dtype=torch.bool)
        mask[:, list(kept)] = True
        values = updated(problem, problem.weight * mask, mask, steps=30)
        best = torch.minimum(best, problem.losses(values))
    found = updated(problem, *refined(problem, wanda(problem), rounds=20), steps=30)
    losses = problem.losses(found)
    assert (losses >= best * 0.99 - 1e-4).all()
    assert losses.sum() < 1.5 * best.sum()
