"""Readers: a user's own circuit, in the SDK that they like, as a `CircuitModel`."""

import sys
from typing import Any

from qml.circuits.model import CircuitModel
from qml.errors import CircuitError


def read(
    target: Any, *, features: int, weights_shape: tuple[int, ...] | None = None
) -> CircuitModel:
    """Read a circuit.

    Args:
        target: A PennyLane quantum function or QNode `circuit(inputs, weights)`, a Qiskit circuit
            with parameters (a `ParameterVector` named `x` or `inputs` holds the inputs), or a
            `CircuitModel`, which passes through.
        features: Length of one sample.
        weights_shape: Shape of the weights. A Qiskit circuit tells it itself; a PennyLane function
            without weights needs none.

    Raises:
        CircuitError: The target is none of these, holds something that cannot be read, or does not
            fit `features` or `weights_shape`.
    """
    if isinstance(target, CircuitModel):
        return _fitting(target, features)
    if _is_qiskit(target):
        from qml.circuits.readers import qiskit

        return qiskit.read(target, features=features, weights_shape=weights_shape)
    if callable(target):
        from qml.circuits.readers import pennylane

        return pennylane.read(target, features=features, weights_shape=weights_shape)
    raise CircuitError(
        f"`{type(target).__name__}` is not a circuit that can be read",
        hint="give a PennyLane quantum function `circuit(inputs, weights)` or a Qiskit circuit",
    )


def _is_qiskit(target: Any) -> bool:
    """Nobody can hold a Qiskit circuit without Qiskit being imported."""
    qiskit = sys.modules.get("qiskit")
    return qiskit is not None and isinstance(target, qiskit.QuantumCircuit)


def _fitting(model: CircuitModel, features: int) -> CircuitModel:
    if model.features != features:
        raise CircuitError(f"the circuit takes {model.features} inputs, the data has {features}")
    return model
