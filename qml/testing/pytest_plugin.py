"""The pytest plug-in: fixtures, a marker and assertions for programs that answer at random."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line(
        "markers", "quantum(shots=..., delta=...): a test whose outcome is random"
    )
