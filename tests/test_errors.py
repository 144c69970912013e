import inspect

import pytest

from qml import errors
from qml.errors import ExitCode, MissingExtraError, QmlError

CODES = {
    "QmlError": 70,
    "CheckFailedError": 1,
    "UsageError": 2,
    "ConfigError": 2,
    "DataError": 2,
    "CircuitError": 2,
    "PlanError": 2,
    "RunError": 2,
    "PluginError": 2,
    "LedgerError": 2,
    "MissingExtraError": 2,
    "SkippedError": 2,
    "BudgetError": 3,
    "UnknownSubmissionError": 4,
    "ProviderError": 5,
    "RefusedError": 5,
    "ThrottledError": 5,
    "TransientError": 5,
    "JobFailedError": 5,
    "InterruptedRunError": 130,
}


# their members have the exit code of the family
FAMILIES = ("UsageError", "ProviderError")


def tree() -> dict[str, type[QmlError]]:
    classes = inspect.getmembers(errors, inspect.isclass)
    return {name: c for name, c in classes if issubclass(c, QmlError)}


def test_exit_codes_are_an_interface():
    assert {name: int(c.exit_code) for name, c in tree().items()} == CODES
    assert {e.name: int(e) for e in ExitCode} == {
        "OK": 0,
        "CHECK_FAILED": 1,
        "USAGE": 2,
        "BUDGET": 3,
        "UNKNOWN_SUBMISSION": 4,
        "PROVIDER": 5,
        "BUG": 70,
        "INTERRUPTED": 130,
    }


def test_the_drawn_tree_names_every_error_and_its_code():
    assert errors.__doc__ is not None
    for name, code in CODES.items():
        assert name in errors.__doc__
        family = next((f for f in FAMILIES if issubclass(tree()[name], tree()[f])), name)
        if name == family:
            assert f"{name} ({code})" in errors.__doc__


@pytest.mark.parametrize("cls", list(tree().values()))
def test_every_error_has_one_sentence(cls):
    assert cls.__doc__ is not None
    assert cls.__doc__.strip()[0].isupper()


def test_a_missing_extra_says_what_installs_it():
    error = MissingExtraError("qiskit_aer", extra="aer")
    assert error.hint == "pip install 'qml-workbench[aer]'"
    assert "`qiskit_aer`" in error.message
