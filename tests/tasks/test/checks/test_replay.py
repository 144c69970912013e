"""Replay: a run of now repeats; one whose answers were changed has drifted."""

import pytest

from qml.report.gather import PREDICTIONS
from qml.tasks.test.checks import replay


@pytest.mark.long
def test_a_training_repeats_and_a_changed_one_has_drifted(make):
    one = make(share=0.05)
    run = replay._short(one)
    assert replay._replay(run, one).verdict == "identical"
    answers = run.artifacts / PREDICTIONS
    head, *lines = answers.read_text().splitlines()
    wrong = [f"{row},{label},{1 - int(label)}" for row, label, _ in (x.split(",") for x in lines)]
    answers.write_text("\n".join([head, *wrong]) + "\n")
    changed = replay._replay(run, one)
    assert changed.verdict == "drifted"


@pytest.mark.long
def test_the_check_says_what_it_repeated(make):
    found = replay.check(make())
    assert found.state == "passed"
    assert "identical" in found.why
    assert found.tests == 1
