"""The part of the backend contract on derivatives and overlaps of states."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from qml.backends.base import Backend
from qml.testing import circuits, reference

_STEP = 1e-5
_EXACT = frozenset({"backprop", "adjoint"})


class GradientContract:
    """Derivatives against finite differences of the reference simulator.

    Attributes:
        gradient_tolerance: Largest absolute error of a derivative or an overlap.
    """

    gradient_tolerance: float = 2e-4

    def test_derivatives(self, backend: Backend) -> None:
        """Values, and derivatives by inputs and weights, all under jit."""
        import jax

        model = circuits.model()
        function = backend.differentiable(model)
        claimed = bool(backend.capabilities.gradients & _EXACT)
        assert (function is not None) == claimed, "capabilities and `differentiable` disagree"
        if function is None:
            pytest.skip("the backend gives no derivatives, and says so")
        x, w = _point()
        mixed = np.random.default_rng(2).normal(size=(2, len(model.observables)))
        found = jax.jit(function)(x, w)
        np.testing.assert_allclose(found, _values(x, w), atol=self.gradient_tolerance)
        _assert_gradients(function, x, w, mixed, self.gradient_tolerance)

    def test_overlaps(self, backend: Backend) -> None:
        """Fidelities of states, where the backend gives them."""
        model = circuits.model()
        function = backend.overlaps(model)
        if function is None:
            pytest.skip("the backend gives no overlaps")
        x, w = _point()
        states = np.array([reference.state(model.build(row, w)) for row in x])
        right = np.abs(states @ states.conj().T) ** 2
        np.testing.assert_allclose(function(x, x, w), right, atol=self.gradient_tolerance)
        np.testing.assert_allclose(function(x[:1], x, w), right[:1], atol=self.gradient_tolerance)


def _point() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    random = np.random.default_rng(1)
    return random.normal(size=(2, 2)), random.normal(size=(2, 3))


def _values(x: NDArray[np.float64], w: NDArray[np.float64]) -> NDArray[np.float64]:
    model = circuits.model()
    return reference.expectations([model.build(row, w) for row in x], model.observables)


def _assert_gradients(
    function: Any,
    x: NDArray[np.float64],
    w: NDArray[np.float64],
    mixed: NDArray[np.float64],
    tolerance: float,
) -> None:
    import jax

    def loss(inputs: Any, weights: Any) -> Any:
        return (function(inputs, weights) * mixed).sum()

    by_inputs = _differences(lambda v: float((_values(v, w) * mixed).sum()), x)
    by_weights = _differences(lambda v: float((_values(x, v) * mixed).sum()), w)
    found = jax.jit(jax.grad(loss, (0, 1)))(x, w)
    np.testing.assert_allclose(found[0], by_inputs, atol=10 * tolerance)
    np.testing.assert_allclose(found[1], by_weights, atol=10 * tolerance)


def _differences(function: Any, point: NDArray[np.float64]) -> NDArray[np.float64]:
    found = np.zeros_like(point)
    for place in np.ndindex(*point.shape):
        step = np.zeros_like(point)
        step[place] = _STEP
        found[place] = (function(point + step) - function(point - step)) / (2 * _STEP)
    return found
