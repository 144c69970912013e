"""Every way on small matrices, and on the tiny model."""

import pytest
import torch

from qml.compression.candidate import Candidate
from qml.compression.prune import compress
from qml.compression.prune.methods import NAMES, PRUNERS


@pytest.mark.parametrize("name", PRUNERS)
@pytest.mark.parametrize(("columns", "zeros"), [(12, 7), (40, 100), (200, 599), (12, 0)])
def test_zeros_are_exact_to_one_weight(make_problem, name, columns, zeros):
    problem = make_problem(columns=columns, zeros=zeros)
    found = PRUNERS[name](problem)
    assert int((~found.mask).sum()) == zeros
    assert not found.weight[~found.mask].any()


@pytest.mark.parametrize("name", PRUNERS)
@pytest.mark.parametrize("pattern", [(2, 4), (4, 8), (1, 4), (3, 5)])
def test_every_group_keeps_n_of_m(make_problem, name, pattern):
    kept, size = pattern
    problem = make_problem(columns=4 * size, pattern=pattern)
    mask = PRUNERS[name](problem).mask
    assert (mask.view(6, -1, size).sum(-1) == kept).all()


def test_wanda_is_its_formula(make_problem):
    problem = make_problem(rows=5, columns=20, zeros=50)
    mask = PRUNERS["wanda"](problem).mask
    scores = problem.weight.abs() * problem.hessian.diagonal().sqrt()
    for row, score in zip(mask, scores, strict=True):
        assert set(row.nonzero()[:, 0].tolist()) == set(score.topk(10).indices.tolist())


def test_sparsegpt_with_one_zero_is_optimal_brain_surgeon(make_problem):
    """The first column that goes takes the exact update of all to its right."""
    problem = make_problem(rows=1, columns=5, zeros=1)
    problem = problem._replace(weight=problem.weight * torch.tensor([1e-4, 1, 1, 1, 1]))
    found = PRUNERS["sparsegpt"](problem)
    inverse = torch.linalg.inv(problem.hessian.double())
    exact = problem.weight - (problem.weight[0, 0] / inverse[0, 0] * inverse[0]).float()
    torch.testing.assert_close(found.weight[0, 1:], exact[0, 1:])
    assert found.weight[0, 0] == 0


def test_pair_terms_and_updates_lower_the_loss(make_problem):
    problem = make_problem(rows=32, columns=48)
    losses = {n: float(problem.losses(p(problem).weight).sum()) for n, p in PRUNERS.items()}
    assert losses["brain_surgeon"] < losses["brain_surgeon_mask"] < losses["wanda"]
    assert losses["wanda_update"] < losses["wanda"] < losses["magnitude"]
    assert max(losses["brain_surgeon"], losses["sparsegpt_update"]) < losses["sparsegpt"]


@pytest.mark.long
def test_every_way_removes_the_same_number_of_the_model(make_bench):
    settings = {"rivals": list(NAMES), "tokens": 64, "blocks": 0}
    bench = make_bench(target="33%", methods=["prune"], prune=settings)
    step = compress(bench, Candidate({}))
    weights = sum(unit.weights for unit in bench.subject.units)
    assert {entry.label for entry in step.entries} == set(NAMES)
    for entry in step.entries:
        kept = sum(int(part.mask.sum()) for part in entry.candidate.parts.values())
        assert weights - kept == round(0.33 * weights)
