"""`[compress.distill]`: a short training that follows the teacher."""

from pydantic import Field

from qml.config.base import Section


class DistillSection(Section):
    """Knowledge distillation on the calibration text."""

    steps: int = Field(60, ge=1, description="Steps of the optimiser (steps).")
    learning_rate: float = Field(1e-4, gt=0, description="Step of AdamW.")
    tokens: int = Field(8192, ge=32, description="Calibration tokens that it sees (tokens).")
    batch: int = Field(1, ge=1, description="Chunks of a step (chunks).")
    temperature: float = Field(1.0, gt=0, description="Softens both distributions.")
