"""Assertions for programs that answer at random, and contract suites that authors inherit.

The assertions need NumPy and SciPy, the contracts need pytest; each is imported on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from qml.testing.assertions.distribution import assert_distribution
    from qml.testing.assertions.expectation import assert_expectation
    from qml.testing.assertions.same import assert_same_distribution
    from qml.testing.assertions.unitary import assert_unitary_equivalent
    from qml.testing.oracles.noise import Noise
    from qml.testing.suite.trial import Trial, running

# an assertion in an inherited test tells its values, as one in a test file does
pytest.register_assert_rewrite(
    "qml.testing.backend_contract",
    "qml.testing.gradient_contract",
    "qml.testing.journal_contract",
    "qml.testing.noise_contract",
    "qml.testing.remote_contract",
    "qml.testing.remote_counts",
)

_HOMES = {
    "Noise": "oracles.noise",
    "Trial": "suite.trial",
    "assert_distribution": "assertions.distribution",
    "assert_expectation": "assertions.expectation",
    "assert_same_distribution": "assertions.same",
    "assert_unitary_equivalent": "assertions.unitary",
    "running": "suite.trial",
}

__all__ = [
    "Noise",
    "Trial",
    "assert_distribution",
    "assert_expectation",
    "assert_same_distribution",
    "assert_unitary_equivalent",
    "running",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module `qml.testing` has no attribute `{name}`")
    return getattr(import_module(f"qml.testing.{_HOMES[name]}"), name)
