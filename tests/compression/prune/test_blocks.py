"""Blocks as binary quadratic problems, beside enumeration."""

from itertools import combinations

import numpy as np
import pytest
import torch

from qml.compression.candidate import Candidate
from qml.compression.prune import compress
from qml.compression.prune.blocks import arrays, compare, table


def test_a_block_s_objective_is_its_loss(make_problem):
    block = make_problem(rows=1, columns=12)
    problem = arrays(block)
    whole = float((block.weight[0] ** 2 * block.hessian.diagonal()).sum())
    rng = np.random.default_rng(0)
    for _ in range(20):
        x = rng.permutation([0] * 6 + [1] * 6).astype(np.int8)
        loss = float(block.losses(block.weight * (1 - torch.from_numpy(x)))[0])
        assert problem.objectives(x[None])[0] == pytest.approx(loss / whole, rel=1e-4, abs=1e-6)


def test_exact_is_the_least_of_all_masks_and_no_way_is_below(make_problem):
    blocks = [make_problem(rows=1, columns=10, seed=seed) for seed in range(6)]
    found = compare(blocks, ["exact", "annealing", "tabu"], 2000, 0)
    for place, block in enumerate(blocks):
        problem = arrays(block)
        samples = np.zeros((252, 10), dtype=np.int8)
        for row, chosen in enumerate(combinations(range(10), 5)):
            samples[row, list(chosen)] = 1
        least = problem.objectives(samples).min()
        assert found["exact"].losses[place] == pytest.approx(least)
        assert all(way.losses[place] >= least - 1e-9 for way in found.values())
    rows = table(found)
    assert rows["exact"]["best"] == rows["annealing"]["best"] == rows["tabu"]["best"] == 6
    assert rows["exact"]["ratio_to_wanda"] <= rows["exchanges"]["ratio_to_wanda"] <= 1


def test_blocks_are_in_the_document_alone(make_bench):
    settings = {"rivals": [], "solver": "wanda", "tokens": 128, "blocks": 5, "block": 8}
    bench = make_bench(target="50%", methods=["prune"], prune=settings)
    step = compress(bench, Candidate({}))
    assert [entry.label for entry in step.entries] == ["wanda"], "a block is no model"
    assert step.entries[0].bound is None, "the optimum of blocks bounds no model"
    found = step.document["blocks"]
    assert set(found) >= {"exact", "annealing", "tabu", "wanda"}
    assert all(way["loss"] >= found["exact"]["loss"] - 1e-9 for way in found.values())
    assert found["tabu"]["blocks"] == 5
