"""`[sample.llm]`: diverse answers from a language model."""

from pydantic import Field

from qml.config.base import Section


class LlmSection(Section):
    """Diverse answers from a language model."""

    count: int = Field(1000, ge=1, description="Samples to draw (samples).")
