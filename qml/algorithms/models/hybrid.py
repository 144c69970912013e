"""A hybrid classifier: dense layer, circuit, dense layer.

The first dense layer maps any number of features to one angle per qubit, pi/2 tanh(x W + b); the
last maps <Z_i> of
every qubit to logits. Strongest rival: an MLP with as many parameters.
"""

from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpy as np

from qml.algorithms.models.base import Params, Shape, VariationalModel
from qml.algorithms.models.layered import active_layers, first_weights, layered_circuit
from qml.circuits import z
from qml.config.sections import ModelSection
from qml.plugins import load
from qml.seeds import derive

DEFAULT_QUBITS = 8


def build(section: ModelSection, shape: Shape, root: Path) -> VariationalModel:
    """Build the model; any number of features and classes fits."""
    del root
    wires = section.qubits or DEFAULT_QUBITS
    angles = load("encodings", section.encoding).capacity(wires)
    observables = tuple(z(wire) for wire in range(wires))
    circuit = layered_circuit(section, wires=wires, features=angles, observables=observables)
    weights = first_weights(section, circuit, observables)

    def init(seed: int) -> Params:
        return {
            "weights": weights(seed),
            "encoder_kernel": _glorot(shape.features, angles, derive(seed, "encoder")),
            "encoder_bias": np.zeros(angles),
            "decoder_kernel": _glorot(wires, shape.classes, derive(seed, "decoder")),
            "decoder_bias": np.zeros(shape.classes),
        }

    return VariationalModel(
        kind="hybrid",
        scale="standard",
        layers=len(active_layers(section)),
        circuit=circuit,
        init=init,
        trains_inputs=True,
        before=_encode,
        after=_decode,
    )


def _encode(params: Params, features: Any) -> Any:
    return (jnp.pi / 2) * jnp.tanh(features @ params["encoder_kernel"] + params["encoder_bias"])


def _decode(params: Params, expectations: Any) -> Any:
    return expectations @ params["decoder_kernel"] + params["decoder_bias"]


def _glorot(rows: int, columns: int, seed: int) -> Any:
    """Draw from U(-a, a), a = sqrt(6 / (rows + columns)): Glorot and Bengio (2010), eq. (16)."""
    bound = (6 / (rows + columns)) ** 0.5
    return np.random.default_rng(seed).uniform(-bound, bound, (rows, columns))
