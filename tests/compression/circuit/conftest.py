"""Pair terms are differences of differences: all of this runs in float64, as the command does."""

import pytest


@pytest.fixture(autouse=True)
def _precise():
    from qml.engine.environment import setup

    setup(precision="float64")
    yield
    setup(precision="float32")
