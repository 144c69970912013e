"""The user's own circuit: a PennyLane function or a Qiskit circuit with parameters."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from qml.algorithms.models.base import Params, Shape, VariationalModel
from qml.algorithms.models.readout import class_observables
from qml.algorithms.models.variational import readout, readout_params
from qml.circuits import CircuitModel, Observable
from qml.circuits.readers import read
from qml.config.sections import ModelSection
from qml.errors import ConfigError, PlanError
from qml.plugins import load, load_entry


def build(section: ModelSection, shape: Shape, root: Path) -> VariationalModel:
    """Read the circuit that `model.entry` names.

    Raises:
        ConfigError: `model.entry` is missing.
        PlanError: The circuit measures neither one observable per class nor one per qubit.
    """
    if section.entry is None:
        raise ConfigError("model.kind = 'custom' needs model.entry", hint="entry = 'model:circuit'")
    shape_of_weights = None if section.weights is None else tuple(section.weights)
    read_model = read(
        load_entry(section.entry, root), features=shape.features, weights_shape=shape_of_weights
    )
    circuit = replace(read_model, observables=_observables(read_model, shape.classes))

    def init(seed: int) -> Params:
        weights = load("initialisations", section.initialisation).draw(
            circuit.weights_shape, layers=_layers(circuit), locality=1, seed=seed
        )
        return {"weights": np.asarray(weights), **readout_params(shape.classes)}

    return VariationalModel(
        kind="custom",
        scale="angle",
        layers=_layers(circuit),
        circuit=circuit,
        init=init,
        trains_inputs=False,
        before=lambda params, features: features,  # noqa: ARG005 - features are the angles
        after=readout,
    )


def _layers(circuit: CircuitModel) -> int:
    shape = circuit.weights_shape
    return shape[0] if len(shape) > 1 else 1


def _observables(circuit: CircuitModel, classes: int) -> tuple[Observable, ...]:
    """Take the observables where there is one per class, else choose as `variational` does."""
    wanted = 1 if classes == 2 else classes  # noqa: PLR2004 - its sign decides
    given = tuple(o for o in circuit.observables if isinstance(o, Observable))
    if len(given) in {wanted, classes}:
        return given
    if len(given) == circuit.wires:
        return class_observables(circuit.wires, classes)
    raise PlanError(
        f"the circuit measures {len(given)} observables for {classes} classes",
        hint=f"return {wanted} expectation values, or none at all for Z on every wire",
    )
