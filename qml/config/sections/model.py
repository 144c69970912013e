"""`[model]`: the quantum model."""

from typing import Literal

from pydantic import Field

from qml.config.base import Section


class ModelSection(Section):
    """What is trained."""

    kind: str = Field(
        "variational",
        min_length=1,
        description="`variational`, `hybrid`, `kernel`, `custom`, or a plug-in's name.",
    )
    entry: str | None = Field(
        None,
        pattern=r"^[\w.]+:\w+$",
        description="`module:function` of your own circuit (kind `custom`).",
    )
    qubits: int | None = Field(
        None, ge=1, le=30, description="Number of qubits; by default one per feature, 8 at most."
    )
    layers: int = Field(4, ge=1, le=1000, description="Number of trainable layers.")
    ansatz: str = Field("ring", min_length=1, description="Trainable layers, by name.")
    encoding: str = Field("angle", min_length=1, description="Encoding of the inputs, by name.")
    reuploading: bool = Field(
        default=False, description="Encode the inputs again before every layer."
    )
    initialisation: Literal["gaussian", "identity_blocks", "uniform"] = Field(
        "gaussian", description="Distribution of the first weights."
    )
    weights: list[int] | None = Field(
        None, description="Shape of the weights of your own circuit (kind `custom`)."
    )
    feature_map: str = Field(
        "iqp", min_length=1, description="`iqp`, `zz` or `separable` (kind `kernel`)."
    )
    repeats: int = Field(1, ge=1, le=100, description="Repetitions of the feature map.")
    C: float = Field(1.0, gt=0, description="Inverse regularisation of the kernel's SVC.")
