"""Why a run had to buy anew what another run had paid for."""

import pytest

from qml.records import RunFolder
from qml.records.purchases import CAUSE, bought_anew
from qml.records.trail import SubmissionTrail


def _row(name, **parts):
    facts = {"backend": "b", "circuits": "c", "shots": 100, "seed": 1, **parts}
    return {"name": name, "key": "k", "digest": "/".join(map(str, facts.values())), **facts}


@pytest.fixture
def bought(runs, clock):
    made = []

    def buy(*rows):
        run = RunFolder.create(runs, name=None, config={}, command="train", clock=clock)
        made.append(run)
        trail = SubmissionTrail(run.submissions_path)
        for row in rows:
            trail.add(row)
        return run

    yield buy
    for run in made:
        run.release()


def test_the_same_work_is_nothing_new(bought):
    rows = [_row("step/0/0/0"), _row("step/1/0/0", circuits="d")]
    assert bought_anew(bought(*rows), bought(*rows)) == []


def test_what_differs_first_is_told(bought):
    left = bought(_row("step/0/0/0"), _row("step/1/0/0", seed=2), _row("test/0/0"))
    right = bought(
        _row("step/0/0/0"), _row("step/1/0/0", seed=3, shots=200), _row("test/0/0", circuits="x")
    )
    total, *why = bought_anew(left, right)
    assert (total.cause, total.left, total.right) == (
        CAUSE,
        "3 submissions",
        "2 of 3, from step/1/0/0",
    )
    assert [(d.path, d.left, d.right) for d in why] == [
        ("step/1/0/0: shots", 100, 200),
        ("step/1/0/0: seed", 2, 3),
    ]


def test_a_place_that_the_first_did_not_have_is_only_counted(bought):
    left = bought(_row("step/0/0/0"))
    right = bought(_row("step/0/0/0"), _row("step/1/0/0", seed=2))
    (total,) = bought_anew(left, right)
    assert total.right == "1 of 2, from step/1/0/0"


def test_a_resumed_run_repeats_lines_and_the_last_one_counts(bought):
    left = bought(_row("step/0/0/0"))
    right = bought(_row("step/0/0/0", seed=9), _row("step/0/0/0"))
    assert bought_anew(left, right) == []


def test_work_that_moved_to_another_place_was_paid_for(bought):
    """Results are found by their digest, wherever in the first run they were bought."""
    left = bought(_row("step/0/0/0"), _row("step/1/0/0", circuits="d"))
    right = bought(_row("step/0/0/0", circuits="d"), _row("test/0/0"))
    assert bought_anew(left, right) == []


@pytest.mark.parametrize("bought_by", [(), (_row("step/0/0/0"),)])
def test_a_run_that_bought_nothing_is_compared_with_nothing(bought, bought_by):
    assert bought_anew(bought(), bought(*bought_by)) == []
    assert bought_anew(bought(*bought_by), bought()) == []
