"""Sine and cosine against NumPy's."""

import jax
import numpy as np
import pytest

from qml.engine.diagonal.angles import cos_sin

ANGLES = np.concatenate([np.linspace(-4000, 4000, 20_001), np.arange(-8, 9) * np.pi / 4])


def test_double_precision(double):
    cosine, sine = jax.jit(cos_sin)(ANGLES)
    assert cosine == pytest.approx(np.cos(ANGLES), abs=1e-12)
    assert sine == pytest.approx(np.sin(ANGLES), abs=1e-12)


def test_single_precision():
    rounded = ANGLES.astype(np.float32)
    cosine, sine = jax.jit(cos_sin)(rounded)
    assert cosine.dtype == np.float32
    assert np.allclose(cosine, np.cos(rounded.astype(float)), atol=1e-6)
    assert np.allclose(sine, np.sin(rounded.astype(float)), atol=1e-6)
