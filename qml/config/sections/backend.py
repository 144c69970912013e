"""`[backend]`: where circuits run."""

from typing import Literal

from pydantic import Field

from qml.config.base import Section


class NoiseSection(Section):
    """A noise model for simulators that have one."""

    model: Literal["aria-1", "aria-2", "forte-1"] | None = Field(
        None, description="A published model by name; its rates fill what is not given here."
    )
    depolarizing: float | None = Field(
        None,
        ge=0,
        le=1,
        description="Depolarising rate after every one-qubit gate (probability r of the channel).",
    )
    depolarizing2: float | None = Field(
        None,
        ge=0,
        le=1,
        description="The same after every two-qubit gate; `depolarizing` where not given.",
    )
    readout: float = Field(
        0.0, ge=0, le=0.5, description="Probability that a measured bit is flipped."
    )

    @property
    def silent(self) -> bool:
        """Whether there is no noise at all."""
        return (
            self.model is None
            and not self.depolarizing
            and not self.depolarizing2
            and self.readout == 0
        )


class BackendSection(Section):
    """The one line that names where circuits run."""

    name: str = Field(
        "jax",
        min_length=1,
        description="`jax`, `lightning`, `default.qubit`, `qsim`, `aer`, or `auto`.",
    )
    shots: int = Field(
        0, ge=0, le=1_000_000, description="Shots per circuit; 0 is exact expectations (shots)."
    )
    precision: Literal["float32", "float64"] = Field(
        "float32", description="Precision of exact simulation."
    )
    threads: int | None = Field(
        None, ge=1, description="Threads of a simulator; all cores by default (threads)."
    )
    noise: NoiseSection = Field(default_factory=NoiseSection, description="Noise of a simulator.")
