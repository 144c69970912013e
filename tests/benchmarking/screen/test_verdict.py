"""The rules of the screen, each at its edge; none of them claims an advantage."""

from itertools import product

import numpy as np
import pytest

from qml import engine
from qml.benchmarking.screen.embedding import Embedding, fidelities
from qml.benchmarking.screen.measures import complexity_of
from qml.benchmarking.screen.screening import STEPS, lay_out, screen
from qml.benchmarking.screen.settle import corrected
from qml.benchmarking.screen.verdict import Evidence, decide

HOPEFUL = {
    "rows": 64,
    "g": 6.0,
    "complexity": 1.0,
    "rival_complexity": 9.0,
    "accuracy": 0.9,
    "rival_accuracy": 0.6,
    "p_value": 0.001,
}
UNSURE = {"p_value": 0.05}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"g": 2.0, **UNSURE}, "impossible"),
        ({"rows": 4000, "g": 2.01, **UNSURE}, "not_seen"),
        ({"g": 2.01, "rival_complexity": 1.0, **UNSURE}, "not_on_these_labels"),
        ({"g": 2.0}, "contradicted"),
        ({"rival_complexity": 1.0}, "contradicted"),
        ({"g": 2.0, "accuracy": 0.3}, "impossible"),
        ({"accuracy": 0.6}, "not_seen"),
        (UNSURE, "not_seen"),
        ({}, "not_excluded"),
    ],
)
def test_rows_that_were_answered_come_first_then_the_strongest_rule(change, code):
    assert decide(Evidence(**{**HOPEFUL, **change})).code == code


def test_all_tests_of_a_page_are_corrected_together():
    first, second = corrected(
        [{"p_value": 0.02, "twin_p_value": 0.5}, {"p_value": 0.03, "twin_p_value": None}]
    )
    assert (first["p_adjusted"], second["p_adjusted"]) == pytest.approx((0.06, 0.06))
    assert (first["twin_p_adjusted"], second["twin_p_adjusted"]) == (0.5, None)


def test_a_kernel_of_low_rank_is_not_said_to_find_its_own_labels_hard():
    random = np.random.default_rng(0)
    rows = random.uniform(size=(40, 3))
    half = np.cos(rows @ random.normal(0, 20.0, (3, 8)))
    field = lay_out(rows, _made_by(half @ half.T), 2, ridge=1e-3, folds=2, halves=0, seed=0)
    found = complexity_of(half @ half.T, field)
    assert found["quantum"] < found["classical"]
    assert found["ridge"] > field.ridge


@pytest.mark.long
@pytest.mark.parametrize("width", [2, 4, 6])
def test_labels_that_the_quantum_kernel_made_are_never_called_hopeless(width):
    engine.setup(precision="float64")
    rows = np.pi * np.random.default_rng(0).uniform(size=(120, width))
    kernel = Embedding(name="zz", repeats=2)
    labels = _made_by(fidelities(kernel.states(rows)))
    field = lay_out(rows, labels, 2, ridge=1e-3, folds=3, halves=0, seed=0)
    assert screen(kernel, field, lambda _: None).verdict.code in {"contradicted", "not_excluded"}


def _made_by(kernel):
    made = np.linalg.eigh(kernel)[1][:, -2]
    return (made > np.median(made)).astype(np.int64)


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
