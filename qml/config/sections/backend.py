"""`[backend]`: where circuits run."""

from typing import Any, Literal

from pydantic import Field

from qml.config.base import Section
from qml.config.sections.vendors import (
    AzureSection,
    BraketSection,
    DwaveSection,
    IbmSection,
    IonqSection,
)


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
        description="`jax`, `lightning`, `default.qubit`, `qsim`, `aer`, `auto`, or a vendor's"
        " machine: `ionq` (its free simulator), `ionq.forte-1`, `ibm.fake_manila`, `braket.sv1`.",
    )
    route: list[str] = Field(
        [],
        description="Backends of which one is chosen before the run; `name` is not looked at then.",
    )
    prefer: Literal["cheapest", "soonest", "best-fidelity"] = Field(
        "cheapest", description="What decides among the backends of `route`."
    )
    fallback: str | None = Field(
        None,
        description="Simulator to use, and to say so, where no backend of `route` is available.",
    )
    shots: int = Field(
        0,
        ge=0,
        le=1_000_000,
        description="Shots per circuit; 0 is exact expectations. Where it is not set and a"
        " backend can only sample, 1000 (shots).",
    )
    precision: Literal["float32", "float64"] = Field(
        "float32", description="Precision of exact simulation."
    )
    threads: int | None = Field(
        None, ge=1, description="Threads of a simulator; all cores by default (threads)."
    )
    pack: bool = Field(
        default=False,
        description="Run small circuits side by side on one register of a vendor's machine: they"
        " share its shots and its minimum price, and may disturb each other a little.",
    )
    reuse: bool = Field(
        default=True,
        description="Use results of a vendor's machine again that were paid for before: the same"
        " circuits, shots, seed and settings.",
    )
    on_unknown: Literal["stop", "resubmit"] = Field(
        "stop",
        description="A submission whose outcome is unknown and that the vendor does not list:"
        " stop with exit code 4, or send it again.",
    )
    grace: float = Field(
        60.0,
        ge=0,
        description="How long a vendor may take to list a job that it accepted (seconds).",
    )
    noise: NoiseSection = Field(default_factory=NoiseSection, description="Noise of a simulator.")
    ionq: IonqSection = Field(default_factory=IonqSection, description="IonQ's own cloud.")
    ibm: IbmSection = Field(default_factory=IbmSection, description="IBM Quantum.")
    braket: BraketSection = Field(default_factory=BraketSection, description="Amazon Braket.")
    azure: AzureSection = Field(default_factory=AzureSection, description="Azure Quantum.")
    dwave: DwaveSection = Field(default_factory=DwaveSection, description="D-Wave's annealers.")
    options: dict[str, Any] = Field({}, description="Settings of a third party's backend.")
