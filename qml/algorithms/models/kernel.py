"""A quantum kernel machine: an SVC on |<phi(x)|phi(x')>|^2.

Bowles, Ahmed and Schuld (2024), arXiv:2403.07059. Strongest rival: an RBF-SVC tuned by
cross-validation.
"""

from pathlib import Path
from typing import Any

from qml.algorithms.feature_maps.base import FeatureMap
from qml.algorithms.models.base import KernelModel, Shape
from qml.circuits import Circuit, CircuitModel, ZeroProjector
from qml.config.sections import ModelSection
from qml.errors import PlanError
from qml.plugins import load


def build(section: ModelSection, shape: Shape, root: Path) -> KernelModel:
    """Build the model, one qubit per feature.

    Raises:
        PlanError: `model.qubits` is given and differs from the number of features.
    """
    del root
    if section.qubits is not None and section.qubits != shape.features:
        raise PlanError(
            f"feature map `{section.feature_map}` has one qubit per feature: {shape.features}, "
            f"not {section.qubits}",
            hint=f"leave model.qubits out, or set data.features = {section.qubits}",
        )
    feature_map: FeatureMap = load("feature_maps", section.feature_map)

    def circuit(inputs: Any, weights: Any) -> Circuit:
        del weights
        return feature_map.circuit(inputs, section.repeats)

    return KernelModel(
        kind="kernel",
        scale="angle",
        layers=section.repeats,
        circuit=CircuitModel(
            wires=shape.features,
            features=shape.features,
            weights_shape=(0,),
            build=circuit,
            observables=(ZeroProjector(),),
        ),
        C=None if section.C == "auto" else section.C,
        bandwidth=None if section.bandwidth == "auto" else section.bandwidth,
    )
