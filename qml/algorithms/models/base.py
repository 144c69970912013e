"""What a model is: a circuit between two classical maps, or a kernel.

A model is made by `build(section, shape, root) -> Model`, the function that its entry point in
`qml.models.v1` names.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from qml.circuits import CircuitModel

Params = dict[str, Any]
"""Named arrays; nothing else is trained or stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Shape of a classification problem.

    Attributes:
        features: Columns after preparation.
        classes: Number of classes.
    """

    features: int
    classes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VariationalModel:
    """Logits = after(params, circuit(before(params, features), params["weights"])).

    Attributes:
        kind: Registered name.
        scale: Scaling of the features that the model wants: `angle` or `standard`.
        layers: Number of trainable layers, for reports.
        circuit: The circuit family; its weights are `params["weights"]`.
        init: `seed -> params`, NumPy arrays.
        trains_inputs: Whether `before` has trained parameters, so that slopes by the inputs count.
        before: `(params, features (B, d)) -> inputs (B, circuit.features)`, a JAX function.
        after: `(params, expectations (B, observables)) -> logits (B, classes)`, a JAX function.
    """

    kind: str
    scale: Literal["angle", "standard"]
    layers: int
    circuit: CircuitModel
    init: Callable[[int], Params]
    trains_inputs: bool
    before: Callable[[Params, Any], Any]
    after: Callable[[Params, Any], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelModel:
    """A support vector machine on the overlaps |<phi(x)|phi(x')>|^2.

    Attributes:
        kind: Registered name.
        scale: Scaling of the features that the feature map wants.
        layers: Repetitions of the feature map, for reports.
        circuit: The feature map; it has no weights.
        C: Inverse regularisation; None where cross-validation chooses it.
        bandwidth: Factor on the inputs; None where cross-validation chooses it.
    """

    kind: str
    scale: Literal["angle", "standard"]
    layers: int
    circuit: CircuitModel
    C: float | None
    bandwidth: float | None = 1.0


Model = VariationalModel | KernelModel
