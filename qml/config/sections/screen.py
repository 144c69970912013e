"""`[screen]`: whether a quantum kernel can help on the data at all."""

from pydantic import Field

from qml.config.base import Section


class ScreenSection(Section):
    """A quick look at data and feature maps before anything is trained; data as in [data]."""

    feature_maps: list[str] = Field(
        [],
        description="Feature maps; that of [model] where its kind is `kernel`, else `iqp` and"
        " `zz`.",
    )
    repeats: int | None = Field(
        None,
        ge=1,
        le=100,
        description="Repetitions of the feature maps; those of [model] where not set.",
    )
    rows: int = Field(
        300,
        ge=20,
        le=2_000,
        description="Training rows that are looked at, at most, drawn with the seed (rows).",
    )
    qubits: int = Field(
        8,
        ge=1,
        le=14,
        description="Principal components where [data] names no features and there are more"
        " (features).",
    )
    ridge: float = Field(
        0.001, gt=0, description="lambda of g and s, for kernels whose trace is the rows."
    )
    folds: int = Field(5, ge=2, le=20, description="Folds of the cross-validation (folds).")
    halves: int = Field(
        10, ge=0, le=1_000, description="How often g is taken of half of the rows (draws)."
    )
    device: str = Field(
        "ionq.forte-1", min_length=3, description="Paid machine whose price of a kernel is told."
    )
    seed: int = Field(0, ge=0, le=2**31, description="Root seed; all others derive from it.")
