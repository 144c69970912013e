"""Distillation on the tiny model: what is trained, what stays, and that it never gets worse."""

import numpy as np
import pytest
import torch

from qml.compression import distill
from qml.compression.bits.uniform import uniform
from qml.compression.candidate import Candidate
from qml.compression.formats.masked import MaskedPart
from qml.compression.formats.plain import PlainPart
from qml.compression.formats.sparse import sparse
from qml.compression.judging import Judge
from qml.errors import InterruptedRunError, PlanError

SETTINGS = {"tokens": 384, "validate_tokens": 128, "steps": 16, "learning_rate": 0.02, "checks": 4}


def halved(bench) -> Candidate:
    """Every second weight gone, by size."""
    parts = {}
    for unit in bench.subject.units:
        weight = bench.subject.weight(unit).detach()
        parts[unit.name] = sparse(weight, weight.abs() > weight.abs().median())
    return Candidate(parts)


def judged(bench, candidate: Candidate) -> float:
    return float(Judge(bench.subject, bench.calibration).judge(candidate).kl.mean())


@pytest.fixture
def bench(make_bench):
    return make_bench(target="3bpw", distill=SETTINGS)


def test_scales_recover_what_integers_lost(bench):
    base = uniform(bench, Candidate({}))
    step = distill.compress(bench, base)
    found = step.candidate()
    assert judged(bench, found) < 0.9 * judged(bench, base)
    for name, part in found.parts.items():
        before = base.parts[name]
        assert part.format == before.format
        assert part.bits == before.bits
        torch.testing.assert_close(part.lattice().codes, before.lattice().codes)
        scale = part.lattice().scale
        torch.testing.assert_close(scale, scale.half().float(), rtol=0, atol=0)
        assert not scale.requires_grad
    assert step.document["trained"]["scales"] == sum(
        p.lattice().scale.numel() for p in base.parts.values()
    )


def test_kept_weights_recover_what_pruning_lost(bench):
    base = halved(bench)
    found = distill.compress(bench, base).candidate()
    assert judged(bench, found) < 0.9 * judged(bench, base)
    for name, part in found.parts.items():
        torch.testing.assert_close(part.mask, base.parts[name].mask)
        assert part.bits == base.parts[name].bits
        assert not part.dense()[~part.mask].any()


def test_the_objective_is_that_of_the_stored_candidate(make_bench):
    """Numbers in training are those that a file would hold, and the model's own come back."""
    bench = make_bench(target="3bpw", distill={**SETTINGS, "top": 256})  # all classes
    base = uniform(bench, Candidate({}))
    weights = {n: p.clone() for n, p in bench.subject.module.named_parameters()}
    step = distill.compress(bench, base)
    for name, parameter in bench.subject.module.named_parameters():
        torch.testing.assert_close(parameter, weights[name], rtol=0, atol=0)
    after, before = step.entries
    last = len(bench.calibration.inputs) - 4
    places = slice(last * 31, None)
    kept = type(bench.calibration)(
        bench.calibration.inputs[last:],
        bench.calibration.targets[places],
        bench.calibration.clusters[places],
    )
    judge = Judge(bench.subject, kept)
    for entry in (after, before):
        assert entry.objective == pytest.approx(judge.judge(entry.candidate).kl.mean(), rel=1e-4)


def test_the_same_seed_gives_the_same_numbers(bench):
    base = uniform(bench, Candidate({}))
    first, second = (distill.compress(bench, base) for _ in range(2))
    assert first.document == second.document
    for name, part in first.candidate().parts.items():
        np.testing.assert_array_equal(part.dense(), second.candidate().parts[name].dense())


def test_the_start_is_kept_where_nothing_is_better(make_bench):
    bench = make_bench(target="3bpw", distill={**SETTINGS, "learning_rate": 1.0, "steps": 3})
    base = uniform(bench, Candidate({}))
    step = distill.compress(bench, base)
    assert step.candidate() is base
    assert step.document["best"] == step.document["before"]
    assert "kept" in step.notes[0]


def test_masks_of_quantised_weights_and_plain_weights(bench):
    """A pruned and quantised matrix trains its scales; floats train all of their weights."""
    unit, other = bench.subject.units[:2]
    weight = bench.subject.weight(unit).detach()
    mask = weight.abs() > weight.abs().median()
    inner = bench.formats[1].quantise(weight * mask)
    noisy = bench.subject.weight(other).detach() * 1.5
    base = Candidate(
        {
            unit.name: MaskedPart(inner=inner, mask=mask),
            other.name: PlainPart(noisy.half()),
        }
    )
    step = distill.compress(bench, base)
    found = step.candidate()
    assert not found.parts[unit.name].dense()[~mask].any()
    assert found.parts[other.name].values.dtype == torch.float16
    assert set(step.document["trained"]) == {"scales", "weights", "norms"}
    assert step.document["best"] < step.document["before"]


def test_a_stopped_training_keeps_the_best_so_far(make_bench):
    import dataclasses

    bench = make_bench(target="3bpw", distill=SETTINGS)
    asked = iter([False] * 24 + [True] * 1000)
    bench = dataclasses.replace(bench, stop=lambda: next(asked))
    base = uniform(bench, Candidate({}))
    step = distill.compress(bench, base)
    assert step.interrupted
    assert 0 < step.document["steps"] < SETTINGS["steps"]
    assert step.document["best"] <= step.document["before"]


def test_stopped_before_it_began(make_bench):
    import dataclasses

    bench = dataclasses.replace(make_bench(target="3bpw"), stop=lambda: True)
    with pytest.raises(InterruptedRunError):
        distill.compress(bench, uniform(bench, Candidate({})))


def test_a_replay_takes_as_many_steps(make_bench):
    bench = make_bench(target="3bpw", distill=SETTINGS, used={"distill/distilled": 5})
    step = distill.compress(bench, uniform(bench, Candidate({})))
    assert step.entries[0].evaluations == 5


def test_nothing_to_recover(bench):
    with pytest.raises(PlanError, match="nothing to recover"):
        distill.compress(bench, Candidate({}))
