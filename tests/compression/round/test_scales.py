"""Scales that are fitted to codes."""

import pytest
import torch

from qml.compression.round.effort import Effort
from qml.compression.round.scales import refitted
from qml.compression.round.solving import solved
from qml.config.sections.compress import RoundSection
from qml.ports import SystemClock


@pytest.mark.parametrize("pruned", [0.0, 0.5])
def test_no_row_gets_worse_and_scales_can_be_stored(make_problem, pruned):
    problem = make_problem(columns=40, width=2, pruned=pruned)
    codes = problem.nearest(problem.target)
    found = refitted(problem, codes)
    assert bool((found.objectives(codes) <= problem.objectives(codes)).all())
    assert float(found.objectives(codes).sum()) < 0.98 * float(problem.objectives(codes).sum())
    assert torch.equal(found.step, found.step.half().float())
    for group in range(3):
        steps = found.step[16 * group : 16 * group + 16]
        assert torch.equal(steps, steps[:1].expand_as(steps))


def test_the_steps_are_the_least_squares_of_each_row(make_problem):
    problem = make_problem(columns=40, rows=3, width=3)
    codes = problem.nearest(problem.target)
    found = refitted(problem, codes)
    root = torch.linalg.cholesky(problem.hessian.double())
    for row in range(3):
        units = torch.zeros(40, 3, dtype=torch.float64)
        units[torch.arange(40), torch.arange(40) // 16] = (codes - problem.zero)[:, row].double()
        wanted = torch.linalg.lstsq(
            root.T @ units, root.T @ problem.target[:, row : row + 1].double()
        ).solution[:, 0]
        steps = found.step[[0, 16, 32], row].double()
        torch.testing.assert_close(steps, wanted, rtol=1e-3, atol=1e-5)


def test_descents_with_new_scales_reach_lower(make_problem):
    problem = make_problem(columns=40, width=2)
    totals = []
    for refits in (0, 1, 2):
        section = RoundSection(refits=refits)
        effort = Effort(SystemClock(), lambda: False)
        found = solved("coordinate_descent", problem, section, seed=0, effort=effort)
        totals.append(float(found.problem.objectives(found.codes).sum()))
    assert totals[0] > totals[1] >= totals[2]
