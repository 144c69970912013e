"""Problems of all structures, small enough to know their optima."""

import pytest
from algorithms.solvers.problems import STRUCTURES, structured

from qml.problems import Arrays


@pytest.fixture(params=STRUCTURES)
def problem(request) -> Arrays:
    """A problem of each structure."""
    return structured(request.param)
