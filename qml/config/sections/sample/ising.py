"""`[sample.ising]`: Boltzmann samples of an Ising model."""

from typing import Any

from pydantic import Field

from qml.config.base import Section


class IsingSection(Section):
    """A problem, a temperature, the methods side by side, and what each of them may use."""

    file: str | None = Field(
        None, description="File of the problem: Ising JSON, .coo, .json, .lp or .mps."
    )
    temperature: float | None = Field(
        None,
        gt=0,
        allow_inf_nan=False,
        description="Temperature T of exp(-E/T), in the unit of the energies (energy).",
    )
    count: int = Field(1000, ge=1, description="Samples to deliver from each method (samples).")
    methods: list[str] = Field(
        [], description="Samplers by name, side by side; those that apply where empty."
    )
    chains: int = Field(8, ge=2, le=4096, description="Markov chains of each method (chains).")
    warmup: float = Field(
        0.2, ge=0, lt=1, description="First share of every chain, which is thrown away (share)."
    )
    evaluations: int | None = Field(
        None,
        ge=1,
        description="Energy evaluations of each method, at most (evaluations).",
    )
    seconds: float | None = Field(
        None,
        gt=0,
        allow_inf_nan=False,
        description="Wall time of each method, at most; where no budget is set 5, but not before"
        " the samples are there (s).",
    )
    circuits: int | None = Field(
        None,
        ge=1,
        description="Circuits of `qemcmc` on a backend, at most, one for each proposal; `count`"
        " where not set (circuits).",
    )
    output: str | None = Field(
        None, description="File for the samples of the best method: .csv or .npz."
    )
    options: dict[str, dict[str, Any]] = Field(
        {}, description="Settings of samplers, by name, e.g. [sample.ising.options.qemcmc]."
    )
    used: dict[str, int] = Field(
        {}, description="Steps that each method made in a run that is replayed; set by replay."
    )
