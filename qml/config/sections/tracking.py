"""`[tracking]`: where records are mirrored to."""

from pydantic import Field

from qml.config.base import Section


class TrackingSection(Section):
    """The run folder is the record; a tracker only mirrors it."""

    name: str = Field("mlflow", min_length=1, description="`mlflow`, `none`, or a plug-in's name.")
    uri: str = Field(
        "sqlite:///.qml/mlflow.db",
        min_length=1,
        description="Tracking server or database; MLFLOW_TRACKING_URI overrides it.",
    )
    experiment: str | None = Field(
        None, description="Experiment in the tracker; the project's name by default."
    )
