"""Lightning's derivatives as a JAX function; the contract compares them with differences too."""

from dataclasses import replace

import jax
import numpy as np
import pytest

from qml.backends.pennylane.adjoint import AdjointCircuit
from qml.circuits import Circuit, CircuitModel, Gate, ZeroProjector, pauli, z
from qml.testing import circuits, reference

STEP = 1e-6


@pytest.mark.parametrize("observables", [(ZeroProjector(),), (pauli("", (), 2.0),), (z(0), z(0))])
def test_odd_observables(observables):
    model = replace(circuits.model(), observables=observables)
    x, w = np.full((1, 2), 0.3, "f"), np.full((2, 3), 0.2, "f")
    adjoint = AdjointCircuit(model, c_dtype=np.complex128)
    found = jax.jit(jax.grad(lambda w: adjoint(x, w).sum()))(w)

    def total(weights):
        return reference.expectations([model.build(x[0], weights)], observables).sum()

    step = np.zeros((2, 3))
    step[0, 1] = STEP
    right = (total(w + step) - total(w - step)) / (2 * STEP)
    np.testing.assert_allclose(found[0, 1], right, atol=1e-5)


def test_a_model_without_angles():
    model = CircuitModel(
        wires=1,
        features=1,
        weights_shape=(1,),
        build=lambda x, w: Circuit(1, (Gate("x", (0,)),)),
        observables=(z(0),),
    )
    function = AdjointCircuit(model, c_dtype=np.complex64)
    x, w = np.zeros((3, 1)), np.zeros(1)
    np.testing.assert_allclose(function(x, w), -np.ones((3, 1)))
    np.testing.assert_allclose(jax.grad(lambda w: function(x, w).sum())(w), [0])
