"""Heads and neurons: masks beside enumeration, shapes that shrink, outputs that do not change."""

from itertools import combinations

import pytest
import torch

from qml.compression.candidate import Candidate, applied
from qml.compression.judging import Judge, outputs
from qml.compression.prune import compress
from qml.compression.prune.shrinking import shrunk, shrunk_config
from qml.compression.prune.structured import CUTS
from qml.compression.prune.structured_selection import by_pairs, one_by_one, pair_losses, refitted
from qml.errors import PlanError


def _loss(problem, weight):
    return float(problem.losses(weight).sum())


def _all(things, gone):
    for chosen in combinations(range(things), gone):
        kept = torch.ones(things, dtype=torch.bool)
        kept[list(chosen)] = False
        yield kept


@pytest.mark.parametrize(("size", "things", "gone"), [(1, 8, 3), (2, 6, 3), (3, 3, 1)])
def test_things_go_nearly_as_well_as_the_best_set(make_problem, size, things, gone):
    ratios = {by_pairs: [], one_by_one: []}
    for seed in range(6):
        problem = make_problem(rows=5, columns=size * things, seed=seed)
        weight, hessian = problem.weight, problem.hessian
        plain = [_loss(problem, weight * k.repeat_interleave(size)) for k in _all(things, gone)]
        fitted = [_loss(problem, refitted(weight, hessian, size, k)) for k in _all(things, gone)]
        kept = by_pairs(weight, hessian, size, gone)
        found = _loss(problem, weight * kept.repeat_interleave(size))
        ratios[by_pairs].append(found / min(plain))
        kept = one_by_one(weight, hessian, size, gone)
        assert int((~kept).sum()) == gone
        ratios[one_by_one].append(
            _loss(problem, refitted(weight, hessian, size, kept)) / min(fitted)
        )
    assert min(min(found) for found in ratios.values()) > 1 - 1e-3
    assert sum(found < 1.001 for found in ratios[by_pairs]) >= 4
    assert sum(ratios[one_by_one]) / 6 < 1.25


def test_pair_losses_sum_to_the_loss_of_a_set(make_problem):
    problem = make_problem(rows=5, columns=12)
    gone = torch.tensor([True, False, True, False])
    pairs = pair_losses(problem.weight, problem.hessian, 3)
    loss = _loss(problem, problem.weight * ~gone.repeat_interleave(3))
    assert float(pairs[gone][:, gone].sum()) == pytest.approx(loss, rel=1e-4)


def test_the_surgeon_is_never_above_its_rivals(make_problem):
    problem = make_problem(rows=7, columns=24)
    losses = {
        name: _loss(problem, cut(problem.weight, problem.hessian, 2, 5)[0])
        for name, cut in CUTS.items()
    }
    assert losses["brain_surgeon"] == min(losses.values())
    assert losses["wanda_update"] < losses["wanda"]
    assert losses["brain_surgeon_mask"] <= losses["wanda"]


@pytest.mark.parametrize(
    ("pattern", "share", "shapes", "config"),
    [
        ("neurons", "50%", {"up_proj": (64, 64), "down_proj": (64, 64)}, {"intermediate_size": 64}),
        (
            "heads",
            "50%",
            {"q_proj": (32, 64), "k_proj": (16, 64), "o_proj": (64, 32)},
            {"head_dim": 16, "num_attention_heads": 2, "num_key_value_heads": 1},
        ),
    ],
)
def test_shapes_shrink_and_the_smaller_model_is_the_candidate(
    make_bench, tmp_path, pattern, share, shapes, config
):
    from transformers import AutoModelForCausalLM

    settings = {"pattern": pattern, "tokens": 128}
    bench = make_bench(target=share, methods=["prune"], prune=settings)
    candidate = compress(bench, Candidate({})).candidate()
    subject, examples = bench.subject, bench.sample(64)
    small = shrunk(subject, candidate)
    for kind, shape in shapes.items():
        unit = next(u for u in subject.units if u.kind == kind)
        assert tuple(small.get_submodule(unit.name).weight.shape) == shape
        assert candidate.parts[unit.name].bits == 16 * shape[0] * shape[1]
        assert candidate.parts[unit.name].dense().shape == (unit.rows, unit.columns)
    assert shrunk_config(subject, candidate) == config
    small.save_pretrained(tmp_path / "small")
    loaded = AutoModelForCausalLM.from_pretrained(tmp_path / "small").eval()
    with torch.inference_mode(), applied(subject, candidate):
        wanted = torch.cat(list(outputs(subject, examples)))
        found = loaded(input_ids=examples.inputs).logits[:, :-1].flatten(0, 1)
    torch.testing.assert_close(found, wanted, rtol=1e-3, atol=1e-3)


def test_updates_bring_the_model_nearer_to_its_teacher(make_bench):
    settings = {"pattern": "neurons", "tokens": 512, "rivals": ["magnitude", "wanda"]}
    bench = make_bench(target="50%", methods=["prune"], prune=settings)
    step = compress(bench, Candidate({}))
    judge = Judge(bench.subject, bench.sample(256))
    kl = {entry.label: judge.judge(entry.candidate).kl.mean() for entry in step.entries}
    assert kl["brain_surgeon"] < min(kl["wanda"], kl["magnitude"])


def test_less_than_one_head_is_refused(make_bench):
    bench = make_bench(target="10%", methods=["prune"], prune={"pattern": "heads"})
    with pytest.raises(PlanError, match="less than one"):
        compress(bench, Candidate({}))
