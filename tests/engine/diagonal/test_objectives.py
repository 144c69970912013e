"""Conditional value at risk against its definition over sorted costs."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.engine.diagonal import cvar, mean
from qml.errors import ConfigError


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 1000), st.floats(0.05, 1.0))
def test_cvar_is_the_mean_of_the_best_share(seed, share):
    rng = np.random.default_rng(seed)
    costs = rng.integers(-3, 3, 6).astype(float)
    chances = rng.dirichlet(np.ones(6))
    left, wanted = share, 0.0
    for i in np.argsort(costs, kind="stable"):
        wanted += min(left, chances[i]) * costs[i]
        left -= min(left, chances[i])
    found = float(cvar(costs, share, "float32")(jnp.asarray(chances)))
    assert found == pytest.approx(wanted / share, abs=1e-4)


def test_the_whole_share_is_the_mean():
    costs, chances = np.array([3.0, 1.0]), jnp.array([0.25, 0.75])
    assert float(cvar(costs, 1.0, "float32")(chances)) == pytest.approx(1.5)
    assert float(mean(jnp.asarray(costs))(chances)) == pytest.approx(1.5)


@pytest.mark.parametrize("share", [0.0, -1.0, 1.5])
def test_a_share_is_above_zero_and_at_most_one(share):
    with pytest.raises(ConfigError, match="share"):
        cvar(np.zeros(2), share, "float32")
