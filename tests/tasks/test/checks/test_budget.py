"""Budget: a guard that holds passes; one that lets work through fails."""

import pytest

from qml.tasks.test.checks import budget


@pytest.mark.long
def test_the_guard_holds(make):
    found = budget.check(make())
    assert found.state == "passed"
    assert {r.name: r.value for r in found.readings} == {
        "exit code before it begins": 3.0,
        "exit code of the ledger": 3.0,
        "jobs at the vendor": 0.0,
    }


@pytest.mark.long
def test_a_guard_that_lets_work_through_fails(make, monkeypatch):
    monkeypatch.setattr(budget, "check_budget", lambda *_: None)
    found = budget.check(make())
    assert found.state == "failed"
    assert [r.name for r in found.readings if r.state == "failed"] == ["exit code before it begins"]
    assert "guard does not hold" in found.advice


def test_a_job_at_the_vendor_is_an_alarm(subject, monkeypatch):
    spent = budget.Overspent(price=budget.CENT, asked=3, bought=0, jobs=1)
    monkeypatch.setattr(budget, "_overspend", lambda _: spent)
    found = budget.check(subject)
    failed = {r.name for r in found.readings if r.state == "failed"}
    assert failed == {"exit code of the ledger", "jobs at the vendor"}
