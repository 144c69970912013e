"""`[model]`: the quantum model."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from qml.config.base import Section
from qml.config.sections.generator import GeneratorSection


class ModelSection(Section):
    """What is trained."""

    kind: str = Field(
        "variational",
        min_length=1,
        description="`variational`, `hybrid`, `kernel` or `custom`; generative: `iqp`,"
        " `born_machine`, `rbm` or `bitflip`; or a plug-in's name.",
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
    active: list[bool] | None = Field(
        None,
        min_length=1,
        description="Which layers have their trainable gates, one true or false for each of"
        " `layers`; all where not given. Encodings stay.",
    )
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
    C: Annotated[float, Field(gt=0)] | Literal["auto"] = Field(
        1.0,
        description="Inverse regularisation of the kernel's SVC; `auto`: by cross-validation on"
        " training rows.",
    )
    bandwidth: Annotated[float, Field(gt=0)] | Literal["auto"] = Field(
        1.0,
        description="Factor on the inputs of a feature map; `auto`: by cross-validation on training"
        " rows, where states are exact.",
    )
    generator: GeneratorSection = Field(
        default_factory=GeneratorSection, description="Settings of generative models."
    )

    @model_validator(mode="after")
    def _check_active(self) -> Self:
        if self.active is None:
            return self
        if len(self.active) != self.layers:
            raise ValueError(
                f"`model.active` should have one entry for each of {self.layers} `layers`, not"
                f" {len(self.active)}"
            )
        if not any(self.active):
            raise ValueError("`model.active` should leave at least one layer on")
        if self.initialisation == "identity_blocks" and not all(self.active):
            raise ValueError(
                "`model.active` cannot turn layers off where `identity_blocks` pairs layers that"
                " undo each other"
            )
        return self
