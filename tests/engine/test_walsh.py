"""Sums of parity signs, directly and by halves."""

import jax.numpy as jnp
import numpy as np
import pytest

from qml.engine import walsh

MASKS = (0, 5, 63, 32, 9)


@pytest.fixture(params=[12, 2])
def direct(request, monkeypatch):
    monkeypatch.setattr(walsh, "_DIRECT_BITS", request.param)


def _signs():
    return np.array([[(-1) ** (x & m).bit_count() for m in MASKS] for x in range(64)])


def test_synthesize(direct):
    values = np.linspace(-1, 1, len(MASKS)).astype(np.float32)
    assert np.allclose(
        walsh.synthesize(MASKS, jnp.asarray(values), 6)[:, 0], _signs() @ values, atol=1e-6
    )
    both = np.stack([values, 2 * values], axis=1)
    assert np.allclose(walsh.synthesize(MASKS, jnp.asarray(both), 6), _signs() @ both, atol=1e-6)


def test_analyze(direct):
    values = np.random.default_rng(0).normal(size=(64, 3)).astype(np.float32)
    assert np.allclose(walsh.analyze(MASKS, jnp.asarray(values), 6), _signs().T @ values, atol=1e-4)
