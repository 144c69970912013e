"""JAX in 64 bits."""

import jax
import pytest


@pytest.fixture
def double():
    """JAX in 64 bits for one test."""
    with jax.enable_x64(True):  # noqa: FBT003 - JAX's own signature
        yield
