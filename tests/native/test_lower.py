"""What a circuit must be to be compiled."""

import math
from types import SimpleNamespace

import jax.numpy as jnp
import numpy as np
import pytest

from qml.circuits import Circuit, Gate
from qml.errors import CircuitError
from qml.native.lower import lower


@pytest.mark.parametrize(
    "kind", [np.float64, np.float32, jnp.asarray, int], ids=["numpy64", "numpy32", "jax", "int"]
)
def test_any_number_is_an_angle(kind):
    lowered = lower(Circuit.of(1, [Gate("rz", (0,), (kind(1),))]), relabel=True)
    assert lowered.network.frames[0] == (math.cos(0.5), 0, 0, math.sin(0.5))


@pytest.mark.parametrize("angle", [math.nan, math.inf])
def test_angles_must_be_finite(angle):
    with pytest.raises(CircuitError, match=r"`rx` on wires \(0,\)"):
        lower(Circuit.of(1, [Gate("rx", (0,), (angle,))]), relabel=True)


def test_unknown_gate():
    strange = SimpleNamespace(name="warp", wires=(0,), params=())
    with pytest.raises(CircuitError, match="`warp`"):
        lower(Circuit(1, (strange,)), relabel=True)
