"""Lightning's adjoint differentiation as a JAX function.

JAX computes the angles of all gates and their derivatives; Lightning computes expectations and
their derivatives by the angles. The chain rule joins them, so inputs and weights may enter the
angles in any way that JAX can differentiate.

Reference: Jones and Gacon, "Efficient calculation of gradients in classical simulations of
variational quantum algorithms" (2020), arXiv:2009.02823.
"""

from collections import defaultdict
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pennylane as qp
from numpy.typing import NDArray

from qml.backends.pennylane.lower import lower
from qml.backends.pennylane.translate import operations, operator
from qml.circuits import Circuit, CircuitModel, Observable, ZeroProjector, trace
from qml.circuits.template import Slot

_CONFIG = qp.devices.ExecutionConfig(gradient_method="adjoint")


class AdjointCircuit:
    """`(inputs (B, features), weights) -> (B, observables)`, for jit, grad and vjp.

    Args:
        model: The circuit family and its observables.
        c_dtype: Type of the amplitudes.

    Raises:
        CircuitError: `build` cannot be traced.
    """

    def __init__(self, model: CircuitModel, *, c_dtype: Any) -> None:
        lowered = replace(model, build=lambda x, w: lower(model.build(x, w)))
        self._template = trace(lowered)
        self._observables = model.observables
        self._measured = [qp.expval(operator(o, model.wires)) for o in model.observables]
        self._trainable = _trainable(self._template.gates)
        self._c_dtype = c_dtype
        self._evaluate = _with_vjp(self._values, self._vjp, len(model.observables))

    def __call__(self, inputs: Any, weights: Any) -> Any:
        """Evaluate a batch."""
        angles = jax.vmap(self._template.angles, in_axes=(0, None))
        return self._evaluate(angles(jnp.asarray(inputs), jnp.asarray(weights)))

    def _values(self, angles: Any) -> NDArray[Any]:
        scripts = [self._script(row, self._measured) for row in np.asarray(angles)]
        values = self._device().execute(scripts)
        return np.asarray(values, dtype=angles.dtype).reshape(len(scripts), -1)

    def _vjp(self, angles: Any, cotangents: Any) -> NDArray[Any]:
        found = np.zeros(angles.shape, dtype=angles.dtype)
        scripts, rows = [], []
        for row, (values, mixed) in enumerate(
            zip(np.asarray(angles), np.asarray(cotangents), strict=True)
        ):
            for measured in self._mixtures(mixed):
                scripts.append(self._script(values, [measured]))
                rows.append(row)
        for row, jacobian in zip(rows, self._jacobians(scripts), strict=True):
            found[row] += np.array(jacobian).reshape(-1)
        return found

    def _mixtures(self, mixed: NDArray[Any]) -> list[Any]:
        """One observable for all Pauli strings with their cotangents, one for the projector."""
        strings: dict[Any, float] = defaultdict(float)
        projector = 0.0
        for weight, observable in zip(mixed.tolist(), self._observables, strict=True):
            if isinstance(observable, ZeroProjector):
                projector += weight
            else:
                for coefficient, string in observable.terms:
                    strings[string] += weight * coefficient
        strings.pop((), None)  # the identity has no derivative
        wires = self._template.wires
        found = []
        if any(strings.values()):
            terms = tuple((c, s) for s, c in strings.items())
            found.append(qp.expval(operator(Observable(terms), wires)))
        if projector:
            found.append(qp.expval(projector * operator(ZeroProjector(), wires)))
        return found

    def _jacobians(self, scripts: list[Any]) -> tuple[Any, ...]:
        if not scripts or not self._trainable:
            return ((),) * len(scripts)
        return tuple(self._device().compute_derivatives(scripts, _CONFIG))

    def _script(self, angles: NDArray[Any], measured: list[Any]) -> Any:
        circuit: Circuit = self._template.bind(angles)
        script = qp.tape.QuantumScript(operations(circuit), measured)
        script.trainable_params = self._trainable
        return script

    def _device(self) -> Any:
        return qp.device("lightning.qubit", wires=self._template.wires, c_dtype=self._c_dtype)


def _trainable(gates: Any) -> list[int]:
    """Places of the slots among all parameters; slots are numbered in the same order."""
    params = [p for gate in gates for p in gate.params]
    return [place for place, p in enumerate(params) if isinstance(p, Slot)]


def _with_vjp(values: Any, vjp: Any, columns: int) -> Any:
    """Join two NumPy functions of angles into one that JAX differentiates in reverse."""

    def call(angles: Any) -> Any:
        shape = jax.ShapeDtypeStruct((angles.shape[0], columns), angles.dtype)
        return jax.pure_callback(values, shape, angles, vmap_method="sequential")

    def forward(angles: Any) -> tuple[Any, Any]:
        return call(angles), angles

    def backward(angles: Any, cotangents: Any) -> tuple[Any]:
        shape = jax.ShapeDtypeStruct(angles.shape, angles.dtype)
        return (jax.pure_callback(vjp, shape, angles, cotangents, vmap_method="sequential"),)

    evaluate = jax.custom_vjp(call)
    evaluate.defvjp(forward, backward)
    return evaluate
