"""`[checkpoint]`: how often the state of a run is saved."""

from pydantic import Field

from qml.config.base import Section


class CheckpointSection(Section):
    """Checkpoints are written atomically; a run goes on from the last one."""

    minutes: float | None = Field(
        None, gt=0, description="Minutes between checkpoints; by default one at each epoch (min)."
    )
