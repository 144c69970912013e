"""What authors of plug-ins inherit and test against. It needs pytest."""

import pytest

# an assertion in an inherited test tells its values, as one in a test file does
pytest.register_assert_rewrite(
    "qml.testing.backend_contract",
    "qml.testing.gradient_contract",
    "qml.testing.journal_contract",
    "qml.testing.noise_contract",
    "qml.testing.remote_contract",
    "qml.testing.remote_counts",
)
