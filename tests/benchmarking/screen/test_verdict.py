"""The rules of the screen, each at its edge; none of them claims an advantage."""

from itertools import product

import numpy as np
import pytest

from qml import engine
from qml.benchmarking.screen.embedding import Embedding
from qml.benchmarking.screen.screening import STEPS, lay_out, screen
from qml.benchmarking.screen.verdict import Evidence, bound, decide

HOPEFUL = {
    "rows": 64,
    "g": 6.0,
    "complexity": 1.0,
    "rival_complexity": 9.0,
    "accuracy": 0.9,
    "rival_accuracy": 0.6,
    "p_value": 0.001,
}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"g": 2.0}, "impossible"),
        ({"g": 2.01, "rival_complexity": 1.0}, "not_on_these_labels"),
        ({"rows": 1024, "g": 4.0}, "impossible"),
        ({"accuracy": 0.6}, "not_seen"),
        ({"p_value": 0.05}, "not_seen"),
        ({}, "not_excluded"),
    ],
)
def test_the_strongest_rule_that_holds_decides(change, code):
    assert decide(Evidence(**{**HOPEFUL, **change})).code == code


def test_the_bound_grows_with_the_rows_from_two():
    assert (bound(60), bound(256), bound(1024)) == (2.0, 2.0, 4.0)


def test_nothing_is_ever_claimed():
    values = product((1.0, 5.0, 50.0), (0.1, 10.0), (0.4, 1.0), (0.0, 1.0))
    for g, complexity, accuracy, p in values:
        found = {"g": g, "complexity": complexity, "accuracy": accuracy, "p_value": p}
        words = decide(Evidence(**{**HOPEFUL, **found})).words
        assert words.startswith(("no advantage", "not excluded"))


@pytest.mark.long
def test_on_the_reference_instance_no_advantage_is_possible():
    engine.setup(precision="float64")
    rows = np.pi * np.random.default_rng(0).uniform(size=(60, 6))
    labels = np.random.default_rng(1).integers(0, 2, 60)
    field = lay_out(rows, labels, 2, ridge=1e-3, folds=3, halves=2, seed=0)
    told = []
    found = screen(Embedding(name="zz", repeats=2), field, told.append)
    assert found.geometry["g"] <= 2.0
    assert found.verdict.code == "impossible"
    assert found.verdict.words.startswith("no advantage possible")
    assert len(told) == STEPS
