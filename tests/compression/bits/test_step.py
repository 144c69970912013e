"""The method `bits` on the tiny model: what it chooses, and what stands beside it."""

import json
from dataclasses import replace

import numpy as np
import pytest

from qml.compression.bits import check, compress
from qml.compression.candidate import Candidate
from qml.config.sections.compress import CompressSection
from qml.errors import ConfigError, PlanError

BITS = {"tokens": 48, "evaluations": 6000, "widths": [2, 3, 4, 6]}
RIVALS = ["uniform", "random", "layers", "greedy", "annealing"]


@pytest.fixture
def run(make_bench):
    def run(target="3.5bpw", rivals=RIVALS, **keys):
        bench = make_bench(target=target, bits={**BITS, "rivals": rivals}, **keys)
        return bench, compress(bench, Candidate({}))

    return run


def by_label(step):
    return {entry.label: entry for entry in step.entries}


def test_the_choice_is_the_optimum_and_every_rival_keeps_the_budget(run):
    bench, step = run()
    entries = by_label(step)
    assert list(entries) == ["ilp", *RIVALS]
    assert step.chosen == "ilp"
    assert not entries["ilp"].rival
    assert entries["ilp"].objective == pytest.approx(entries["ilp"].bound, rel=1e-9)
    for entry in step.entries:
        assert entry.candidate.payload(bench.subject) <= 3.5
        assert entry.objective >= entries["ilp"].objective - 1e-12
    chosen, dealt = entries["ilp"].candidate, entries["random"].candidate
    assert dealt.payload(bench.subject) == chosen.payload(bench.subject)
    assert entries["annealing"].objective <= entries["greedy"].objective
    assert "linear knapsack" in step.notes[0]


def test_layers_share_a_width(run):
    bench, step = run(rivals=["layers"])
    parts = by_label(step)["layers"].candidate.parts
    for group in ("0", "1"):
        members = [unit for unit in bench.subject.units if unit.group == group]
        assert len({parts[unit.name].format for unit in members}) == 1


def test_the_records_hold_the_table_and_every_allocation(run):
    _, step = run()
    document = json.loads(json.dumps(step.document))
    sizes, costs = np.array(document["bits"]), np.array(document["kl"])
    assert costs.shape == (14, 4)
    rows = np.arange(14)
    for entry in step.entries:
        choice = document["allocations"][entry.label]
        assert sizes[rows, choice].sum() <= document["budget_bits"]
        assert costs[rows, choice].sum() == pytest.approx(entry.objective, rel=1e-4)
        assert sum(document["histogram"][entry.label].values()) == 14
        names = [part.format for part in entry.candidate.parts.values()]
        assert names == [document["formats"][column] for column in choice]


def test_the_same_run_twice_is_the_same(run):
    _, one = run(seed=4)
    _, other = run(seed=4)
    assert one.document == other.document


def test_another_solver_chooses_and_the_proof_stays(run):
    _, step = run(rivals=["ilp"], solver="tabu", solver_options={"walks": 2})
    entries = by_label(step)
    assert step.chosen == "tabu"
    assert entries["tabu"].bound == entries["ilp"].bound == entries["ilp"].objective
    assert entries["tabu"].evaluations <= 6000


def test_a_replay_stops_searches_where_they_stopped(run):
    _, step = run(rivals=["annealing"], used={"bits/annealing": 2500})
    assert by_label(step)["annealing"].evaluations < 6000


def test_ties_are_told(run):
    _, step = run(target="6bpw", rivals=["uniform", "greedy"])
    assert [e.note for e in step.entries if e.rival] == ["the same allocation as ilp"] * 2
    assert step.notes[0].startswith("The target 6bpw is wider than all formats on offer")


def test_an_impossible_target_is_refused_before_anything_is_measured(make_bench):
    bench = make_bench(target="1.9bpw", bits=BITS)
    with pytest.raises(PlanError, match=r"the target 1\.9bpw is out of reach") as error:
        compress(bench, Candidate({}))
    assert error.value.hint == "the smallest with these formats is 2.00bpw"
    assert not bench.cache.exists()


def test_who_stops_after_the_choice_gets_the_choice(make_bench):
    bench = make_bench(target="3.5bpw", bits={**BITS, "rivals": ["uniform", "greedy"]})
    compress(bench, Candidate({}))  # measures
    asked = iter([False] * 3)
    step = compress(replace(bench, stop=lambda: next(asked, True)), Candidate({}))
    assert step.interrupted
    assert step.candidate().payload(bench.subject) <= 3.5


def test_what_was_pruned_before_stays_zero(make_bench):
    import torch

    bench = make_bench(target="3.5bpw", bits={**BITS, "rivals": []})
    unit = bench.subject.units[0]
    weight = bench.weight(Candidate({}), unit).clone()
    weight[:, ::2] = 0
    from qml.compression.formats import Plain

    base = Candidate({unit.name: Plain(32).quantise(weight)})
    part = compress(bench, base).candidate().parts[unit.name]
    assert torch.equal(part.dense()[:, ::2], torch.zeros(unit.rows, unit.columns // 2))


@pytest.mark.parametrize(
    ("keys", "match"),
    [
        ({"bits": {"pairs": 1}}, "one tensor makes no pair"),
        ({"solver": "dwave"}, "compress.solver = dwave: nothing of that name chooses widths"),
        ({"bits": {"rivals": ["gptq"]}}, "compress.bits.rivals = gptq"),
        ({"bits": {"rivals": ["greedy", "greedy"]}}, "names one twice"),
        ({"solver": "greedy", "solver_options": {"reads": 1}}, "greedy has none here"),
        ({"solver": "annealing", "solver_options": {"depth": 1}}, "option `depth`"),
        ({"target": "50%", "methods": ["prune", "bits"]}, "share of zeros for prune"),
    ],
)
def test_bad_settings_are_refused(keys, match):
    with pytest.raises(ConfigError, match=match):
        check(CompressSection.model_validate(keys))


def test_good_settings_pass():
    check(CompressSection())
    check(CompressSection(solver="annealing", solver_options={"reads": 4}, target="50MB"))
