"""The estimate bounds what XLA allocates."""

import jax
import numpy as np
import pytest

from qml.circuits import CircuitModel, z
from qml.engine import bytes_needed, expectations
from tests.engine.conftest import ring


@pytest.mark.parametrize("gradient", [False, True])
def test_estimate_is_above_the_compiled_program_and_within_reason(gradient):
    model = CircuitModel(
        wires=12,
        features=12,
        weights_shape=(4, 12, 3),
        build=lambda x, w: ring(12, 4, x, w),
        observables=(z(0),),
    )
    inputs, weights = np.zeros((8, 12), np.float32), np.zeros((4, 12, 3), np.float32)
    function = expectations(model)
    step = jax.grad(lambda x, w: function(x, w).sum(), argnums=1) if gradient else function
    taken = jax.jit(step).lower(inputs, weights).compile().memory_analysis().temp_size_in_bytes
    estimate = bytes_needed(model, batch=8, gradient=gradient)
    assert taken < estimate < 4 * taken


def test_a_number_of_wires_will_do_and_doubles_count_twice():
    single = bytes_needed(10, batch=4)
    assert bytes_needed(10, batch=4, precision="float64") == 2 * single
    assert bytes_needed(11, batch=4) == 2 * single
    assert bytes_needed(10, batch=4, gradient=True) > single
