import subprocess
import sys

import pytest

from qml.testing.suite.tally import Tally, properties
from qml.testing.suite.trial import ERROR_RATE, Spent, Trial, current, running


def test_the_plug_in_gives_every_test_its_seat(request):
    assert current().name == request.node.nodeid
    assert current().share <= ERROR_RATE / 2 / 1024


def test_a_process_without_tests_is_one_test():
    code = "from qml.testing.suite.trial import current; print(current().share)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert found.stdout.decode().strip() == "1e-06"


def test_a_trial_runs_while_it_runs():
    trial = Trial(name="mine", share=0.1, seed=3)
    with running(trial):
        assert current() is trial
    assert current() is not trial


def test_every_assertion_has_a_share_and_a_seed_of_its_own():
    trial = Trial(share=0.1, seed=3, name="mine")
    first, second = trial.allow(), trial.allow()
    assert first.delta == pytest.approx(0.1 * 0.6079, rel=1e-3)
    assert second.delta == pytest.approx(first.delta / 4)
    assert first.seed != second.seed
    assert second.name == "mine, assertion 2"
    assert Trial(share=0.1, seed=3).allow().seed == first.seed


def test_the_summary_adds_up_what_reports_carry():
    trial = Trial(spent=[Spent(shots=400, planned=1000), Spent(shots=1000, planned=1000)])
    tally = Tally()
    tally.add([*properties(trial), ("something", "else")])
    tally.add(properties(trial))
    assert tally.line(1e-6) == (
        "quantum: 4 assertions, 2,800 shots (30% saved by stopping early), "
        "suite error rate <= 1e-06"
    )
    assert properties(Trial()) == []
