import numpy as np
import optax
from hypothesis import given, settings
from hypothesis import strategies as st

from qml.benchmarking.measurements.step.peers.adam import RATE, adam, start

NUMBERS = st.lists(st.floats(-5, 5, width=32), min_size=3, max_size=3)


@settings(max_examples=20, deadline=None)
@given(NUMBERS, st.lists(NUMBERS, min_size=1, max_size=4))
def test_it_goes_where_optax_goes(weights, gradients):
    theirs = np.array(weights, np.float32)
    optimizer = optax.adam(RATE)
    memory = optimizer.init(theirs)
    ours = np.array(weights)
    state = start(ours)
    for gradient in gradients:
        updates, memory = optimizer.update(np.array(gradient, np.float32), memory)
        theirs = np.asarray(optax.apply_updates(theirs, updates))
        ours, state = adam(ours, np.array(gradient), state)
    np.testing.assert_allclose(ours, theirs, atol=2e-5)
