"""`[model.generator]`: settings of `iqp`, `born_machine`, `rbm` and `bitflip`."""

from typing import Annotated, Literal

from pydantic import Field

from qml.config.base import Section


class GeneratorSection(Section):
    """What a generative model is made of, and what its training compares."""

    locality: int = Field(
        2, ge=1, le=8, description="Most bits that one gate of `iqp` or `bitflip` acts on (bits)."
    )
    sigmas: list[Annotated[float, Field(gt=0)]] = Field(
        [1.0, 1.5, 2.0],
        min_length=1,
        description="Bandwidths of the kernel exp(-d/(2 sigma^2)) of the MMD, d the Hamming"
        " distance (sqrt(bits)).",
    )
    operators: int | None = Field(
        None,
        ge=2,
        description="Parities that a step compares, drawn at random; by default all of them up to"
        " 16 bits, else 512.",
    )
    strings: int = Field(
        512, ge=2, description="Random strings that a step of `iqp` averages over (strings)."
    )
    start: Literal["data", "random"] = Field(
        "data",
        description="First angles of `iqp` and `bitflip`: `data` takes means and covariances.",
    )
    spread: float = Field(
        0.001, ge=0, description="Deviation of the noise on the first angles (radians)."
    )
    hidden: int | None = Field(
        None, ge=1, description="Hidden units of `rbm`; by default four for each bit (units)."
    )
    gibbs: int = Field(5, ge=1, description="Gibbs sweeps of `rbm` in each training step (sweeps).")
    chains: int = Field(1000, ge=1, description="Persistent chains of `rbm` (chains).")
    burn_in: int = Field(
        1000, ge=1, description="Gibbs sweeps before a sample of `rbm` is taken (sweeps)."
    )
