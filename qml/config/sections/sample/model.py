"""`[sample.model]`: rows from a trained generative model."""

from pydantic import Field

from qml.config.base import Section


class ModelSampleSection(Section):
    """Rows from a trained generative model."""

    run: str | None = Field(
        None, description="Run whose model is sampled: id, unique prefix or name."
    )
    count: int = Field(1000, ge=1, le=10_000_000, description="Rows to draw (rows).")
    output: str | None = Field(
        None, description="File of the rows beside the one in the run folder: .csv or .npz."
    )
