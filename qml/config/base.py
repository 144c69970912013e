"""What all sections share: frozen values, and unknown keys are errors."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """One table of qml.toml."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)
