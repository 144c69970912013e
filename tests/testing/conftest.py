import pytest

from qml.testing.suite.trial import current


@pytest.fixture
def plain() -> None:
    """Circuits of assertions run on the reference simulator: nothing is compiled."""
    current().backend = "reference"
