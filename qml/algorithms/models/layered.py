"""The circuit that variational models share: an encoding and trainable layers."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from qml.algorithms.ansatze.base import Ansatz
from qml.algorithms.encodings.base import Encoding
from qml.algorithms.models.readout import locality
from qml.circuits import Circuit, CircuitModel, Gate, Observable
from qml.config.sections import ModelSection
from qml.plugins import load


def layered_circuit(
    section: ModelSection, *, wires: int, features: int, observables: tuple[Observable, ...]
) -> CircuitModel:
    """Build encoding and layers as `[model]` names them.

    With `reuploading` the encoding stands before every layer: Perez-Salinas et al., Quantum 4, 226
    (2020),
    arXiv:1907.02085.
    """
    encoding: Encoding = load("encodings", section.encoding)
    ansatz: Ansatz = load("ansatze", section.ansatz)
    mirrored = section.initialisation == "identity_blocks"
    active = active_layers(section)
    place = {index: number for number, index in enumerate(active)}

    def gates(inputs: Any, weights: Any) -> Iterator[Gate]:
        for index in range(section.layers):
            if index == 0 or section.reuploading:
                yield from encoding.gates(inputs, wires)
            if index not in place:
                continue
            # the mirror image of a layer has the structure of the layer that it undoes
            structure = index - index % 2 if mirrored else index
            layer = Circuit.of(wires, ansatz.layer(weights[place[index]], wires, structure))
            yield from (layer.inverse() if mirrored and index % 2 else layer).gates

    return CircuitModel(
        wires=wires,
        features=features,
        weights_shape=(len(active), *ansatz.shape(wires)),
        build=lambda inputs, weights: Circuit.of(wires, gates(inputs, weights)),
        observables=observables,
    )


def active_layers(section: ModelSection) -> list[int]:
    """Return the layers that have their trainable gates; see `model.active`."""
    on = section.active or [True] * section.layers
    return [index for index in range(section.layers) if on[index]]


def first_weights(
    section: ModelSection, circuit: CircuitModel, observables: tuple[Observable, ...]
) -> Callable[[int], Any]:
    """Return `seed -> weights` of the initialisation that `[model]` names."""
    draw = load("initialisations", section.initialisation).draw

    def init(seed: int) -> Any:
        weights = draw(
            circuit.weights_shape,
            layers=len(active_layers(section)),
            locality=locality(observables),
            seed=seed,
        )
        return np.asarray(weights)

    return init
