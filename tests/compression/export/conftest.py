"""A disk that is full."""

import resource

import pytest


@pytest.fixture
def file_limit():
    """Return a function that lets no file of this process grow beyond a size, as a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
