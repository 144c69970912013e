"""A variational classifier: encoded features, trainable layers, one observable per class.

Logits are the expectations times a trainable scale plus a bias, so that softmax can become sure.
Strongest rivals: logistic regression and an RBF support vector machine on the same features.
"""

from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np

from qml.algorithms.encodings.base import Encoding
from qml.algorithms.models.base import Params, Shape, VariationalModel
from qml.algorithms.models.layered import active_layers, first_weights, layered_circuit
from qml.algorithms.models.readout import class_observables
from qml.config.sections import ModelSection
from qml.errors import PlanError
from qml.plugins import load

MOST_DEFAULT_QUBITS = 8
FIRST_SCALE = 4.0


def build(section: ModelSection, shape: Shape, root: Path) -> VariationalModel:
    """Build the model.

    Raises:
        PlanError: The features do not fit on the qubits, or the classes not on the observables.
    """
    del root
    encoding: Encoding = load("encodings", section.encoding)
    wires = section.qubits or _fewest_wires(encoding, shape.features)
    if shape.features > encoding.capacity(wires):
        raise PlanError(
            f"{shape.features} features do not fit: `{section.encoding}` encodes "
            f"{encoding.capacity(wires)} on {wires} qubits",
            hint=f"set data.features = {encoding.capacity(wires)} (principal components), raise "
            "model.qubits, or use model.kind = 'hybrid'",
        )
    observables = class_observables(wires, shape.classes)
    circuit = layered_circuit(
        section, wires=wires, features=shape.features, observables=observables
    )
    weights = first_weights(section, circuit, observables)
    return VariationalModel(
        kind="variational",
        scale="angle",
        layers=len(active_layers(section)),
        circuit=circuit,
        init=lambda seed: {"weights": weights(seed), **readout_params(shape.classes)},
        trains_inputs=False,
        before=lambda params, features: features,  # noqa: ARG005 - features are the angles
        after=readout,
    )


def readout_params(classes: int) -> Params:
    """Return the first scale and bias of the read-out."""
    return {"scale": np.array(FIRST_SCALE), "bias": np.zeros(classes)}


def readout(params: Params, expectations: Any) -> Any:
    """Turn expectations (B, observables) into logits; one observable tells two classes."""
    if expectations.shape[1] == 1:
        expectations = jnp.concatenate([expectations, -expectations], axis=1)
    return params["scale"] * expectations + params["bias"]


def _fewest_wires(encoding: Encoding, features: int) -> int:
    fitting = (n for n in range(1, MOST_DEFAULT_QUBITS + 1) if encoding.capacity(n) >= features)
    return next(fitting, MOST_DEFAULT_QUBITS)
