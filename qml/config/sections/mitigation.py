"""`[mitigation]`: less error for more shots, where that pays."""

from itertools import pairwise
from typing import Literal

from pydantic import Field, field_validator

from qml.config.base import Section
from qml.config.sections.backend import NoiseSection

MOST_FACTOR = 25.0


class ZneSection(Section):
    """Zero-noise extrapolation."""

    factors: list[float] = Field(
        [1.0, 3.0, 5.0],
        min_length=2,
        max_length=8,
        description="Sizes of the error that are measured, ascending from 1; odd ones fold every"
        " gate alike.",
    )
    fit: Literal["richardson", "linear", "exponential"] = Field(
        "richardson",
        description="What goes through the points; `richardson` is of the highest order.",
    )
    fold: Literal["gates", "two-qubit", "circuit"] = Field(
        "gates",
        description="What is folded: every gate, those on two qubits, or the circuit as a whole.",
    )

    @field_validator("factors")
    @classmethod
    def _ascend(cls, factors: list[float]) -> list[float]:
        ascending = all(a < b for a, b in pairwise(factors))
        if factors[0] != 1 or not ascending or factors[-1] > MOST_FACTOR:
            raise ValueError(f"factors ascend from 1 to at most {MOST_FACTOR:g}")
        return factors


class ReadoutSection(Section):
    """Correction of the measured bits."""

    source: Literal["calibration", "model"] = Field(
        "calibration",
        description="Where confusion matrices come from: two circuits that are run before, or the"
        " noise model.",
    )
    shots: int = Field(
        4096, ge=1, le=1_000_000, description="Shots of each calibration circuit (shots)."
    )
    beside: bool = Field(
        default=False, description="Correct the readout beside `zne` and `pec` too."
    )


class PecSection(Section):
    """Probabilistic error cancellation."""

    circuits: int = Field(
        50, ge=2, le=100_000, description="Random circuits in place of one; they share its shots."
    )


class SymmetrySection(Section):
    """Verification of symmetries."""

    parities: list[list[int]] = Field(
        [],
        description="Sets of wires whose bits have a fixed parity; found where empty.",
    )


class MitigationSection(Section):
    """How errors of a noisy machine are mitigated in expectation values."""

    method: Literal["none", "auto", "zne", "readout", "pec", "symmetry", "debiasing"] = Field(
        "none",
        description="`none`, `auto` (the least mean squared error at the given shots and price),"
        " `zne`, `readout`, `pec`, `symmetry`, or `debiasing` (the vendor's).",
    )
    overhead: float = Field(
        1.0,
        ge=1,
        le=1000,
        description="Shots of an expectation, as a multiple of `backend.shots`; the circuits of a"
        " method share them.",
    )
    refuse: bool = Field(
        default=True, description="Refuse a method that is predicted to make the error larger."
    )
    allocation: Literal["uniform", "neyman"] = Field(
        "uniform",
        description="How measured bases share the shots: alike, or more where the variance is"
        " larger, found with the first shots.",
    )
    zne: ZneSection = Field(
        default_factory=ZneSection, description="Extrapolation to no error (ZNE)."
    )
    readout: ReadoutSection = Field(
        default_factory=ReadoutSection, description="Confusion matrices of the measured bits."
    )
    pec: PecSection = Field(
        default_factory=PecSection, description="Cancellation of a known noise (PEC)."
    )
    symmetry: SymmetrySection = Field(
        default_factory=SymmetrySection, description="Shots that break a symmetry are left out."
    )
    noise: NoiseSection = Field(
        default_factory=NoiseSection,
        description="What is assumed of a machine: by default `[backend.noise]`, or what IonQ"
        " publishes of it.",
    )
