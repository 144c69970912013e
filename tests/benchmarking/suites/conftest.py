"""Where the published data lie."""

import os
from pathlib import Path

import pytest


@pytest.fixture
def shared() -> Path:
    folder = os.environ.get("QML_TEST_DATA")
    if folder is None:
        pytest.skip("QML_TEST_DATA is not set: the published data sets are not at hand")
    return Path(folder).resolve()
