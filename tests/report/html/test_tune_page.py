"""The page of a study: well formed, self-contained, with the sentences that it owes."""

import pytest

from qml.report.html import render
from qml.tasks.tune.objective import Objective
from qml.tasks.tune.rows import so_far
from tests.report.markup_checks import assert_fetches_nothing, text_of

UP = Objective(metric="validation_accuracy", direction="max")
SPACE = [
    {"kind": "range", "key": "train.learning_rate", "low": 0.001, "high": 1.0, "log": True},
    {"kind": "choices", "key": "model.ansatz", "values": ["ring", "<brickwork>"]},
    {"kind": "switches", "key": "model.active", "count": 2},
]


def trial(number, value, state="complete"):
    return {
        "search": "tpe/0",
        "number": number,
        "state": state,
        "value": value,
        "values": {
            "train.learning_rate": 10.0 ** -(number % 4),
            "model.ansatz": ["ring", "<brickwork>"][number % 2],
            "model.active": [True, number % 2 == 0],
        },
        "run_id": f"run-{number}",
        "seconds": 1.0,
        "error": None if value is not None else "it & <failed>",
        "proposed_by": "tpe",
        "facts": {},
    }


def document(values, **changes):
    trials = [trial(i, v, "complete" if v is not None else "failed") for i, v in enumerate(values)]
    found = max(
        (t for t in trials if t["value"] is not None), key=lambda t: t["value"], default=None
    )
    return {
        "schema": "qml.tune/1",
        "study": {
            "name": "s",
            "task": "train",
            "metric": UP.metric,
            "direction": "max",
            "sampler": "tpe",
            "space": SPACE,
        },
        "trials": trials,
        "best": found,
        "importance": {"method": "fANOVA", "trials": 9, "shares": {"train.learning_rate": 0.8}},
        "searches": [
            {
                "name": "tpe/0",
                "sampler": "tpe",
                "trials": len(values),
                "best_so_far": so_far(values, UP),
            }
        ],
        "rival": None,
        "test": None,
        "notes": ["be <careful>"],
        "metrics": {"trials": len(values), "complete": 1, "pruned": 0, "failed": 1, "open": 0},
        "verdict": "Best of all.",
        "cost": {"estimated": "0.00", "billed": "0.00", "currency": "USD"},
        **changes,
    }


@pytest.fixture
def page(report_document):
    def build(outcome):
        return render({**report_document, "outcome": outcome, "confusion": None, "circuit": None})

    return build


def test_it_is_well_formed_and_says_what_was_not_measured(page):
    html = page(document([0.5, None, 0.9, 0.7]))
    assert_fetches_nothing(html)
    text = text_of(html)
    for part in (
        "The best settings",
        "How the search went",
        "What matters",
        "All trials at a glance",
        "It was not measured whether random search",
        "it & <failed>",
        "be <careful>",
    ):
        assert part in text, part
    assert html.count('class="line train"') >= 3


@pytest.mark.parametrize("values", [[], [None], [0.5], [0.5, 0.5]])
def test_little_to_show_is_no_error(page, values):
    assert_fetches_nothing(page(document(values, importance=None)))


def test_the_comparison_with_random_search(page):
    regret = {"mean": 0.01, "low": 0.005, "high": 0.015}
    rival = {
        "trials": 4,
        "searches": 3,
        "regret": {"tpe": regret, "random": {**regret, "low": None, "high": None}},
        "ahead_by": regret,
        "standing": "ahead",
    }
    text = text_of(page(document([0.5, 0.9], rival=rival)))
    assert "After 4 trials each, 3 seeds" in text
    assert "0.005 to 0.015" in text
    assert "one search: none" in text
