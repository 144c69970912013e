"""`[sample.ising]`: Boltzmann samples of an Ising model."""

from pydantic import Field

from qml.config.base import Section


class IsingSection(Section):
    """Boltzmann samples of an Ising model."""

    count: int = Field(1000, ge=1, description="Samples to draw (samples).")
