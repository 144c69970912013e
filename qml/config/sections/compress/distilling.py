"""`[compress.distill]`: a short training that follows the teacher."""

from pydantic import Field

from qml.config.base import Section


class DistillSection(Section):
    """Knowledge distillation on the calibration text."""

    steps: int = Field(60, ge=1, description="Steps of the optimiser (steps).")
    learning_rate: float = Field(
        4e-3,
        gt=0,
        le=1,
        description="First step of AdamW, relative: to each scale, else to the root mean square of"
        " the matrix.",
    )
    tokens: int = Field(8192, ge=32, description="Calibration tokens that it sees (tokens).")
    validate_tokens: int = Field(
        896,
        ge=2,
        description="Calibration tokens that it does not see, and that decide when it stops, in"
        " whole chunks (tokens).",
    )
    length: int = Field(
        128,
        ge=2,
        description="Tokens of a chunk that a step learns from; more steps pay more than longer"
        " ones (tokens).",
    )
    batch: int = Field(1, ge=1, description="Chunks of a step (chunks).")
    temperature: float = Field(1.0, gt=0, description="Softens both distributions.")
    top: int = Field(
        256,
        ge=2,
        description="Likeliest classes of the teacher that are kept for each output; the rest"
        " counts as one.",
    )
    checks: int = Field(
        10, ge=1, description="How often it is held against the tokens that it does not see."
    )
    patience: int = Field(
        3, ge=1, description="Checks without an improvement after which it stops (checks)."
    )
    clip: float = Field(1.0, gt=0, description="Largest norm of a gradient.")
