"""`[sample.model]`: rows from a trained generative model."""

from pydantic import Field

from qml.config.base import Section


class ModelSampleSection(Section):
    """Rows from a trained generative model."""

    count: int = Field(1000, ge=1, description="Samples to draw (samples).")
