import logging

import pytest

from qml.errors import ProviderError, TransientError
from qml.execution.submission.reads import ATTEMPTS, read


class Flaky:
    def __init__(self, failures, error=TransientError):
        self.failures = failures
        self.error = error
        self.calls = 0

    def __call__(self, value, *, more=0):
        self.calls += 1
        if self.calls <= self.failures:
            raise self.error("no answer")
        return value + more


def test_it_answers_at_last():
    flaky = Flaky(ATTEMPTS - 1)
    assert read(flaky, 40, more=2) == 42
    assert flaky.calls == ATTEMPTS


def test_it_gives_up():
    flaky = Flaky(10**6)
    with pytest.raises(TransientError):
        read(flaky, 1)
    assert flaky.calls == ATTEMPTS


def test_other_errors_are_not_repeated():
    flaky = Flaky(1, ProviderError)
    with pytest.raises(ProviderError):
        read(flaky, 1)
    assert flaky.calls == 1


def test_nothing_reaches_the_terminal(capfd):
    read(Flaky(3), 1)
    assert capfd.readouterr().err == ""
    assert logging.getLogger("stamina").handlers
