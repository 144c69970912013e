"""`[compress.bits]`: how many bits each tensor gets."""

from typing import Literal

from pydantic import Field

from qml.config.base import Section


class BitsSection(Section):
    """Mixed precision, tensor by tensor."""

    widths: list[int] = Field(
        [2, 3, 4, 6, 8], min_length=1, description="Widths on offer, 2 to 8 (bits)."
    )
    group: int = Field(
        64, ge=8, le=4096, description="Weights of a row that share a scale (weights)."
    )
    formats: list[str] = Field(
        [], description="Formats of GGUF on offer, e.g. Q4_0; all that fit where none is named."
    )
    tokens: int = Field(
        192, ge=8, description="Calibration tokens that sensitivities are measured on (tokens)."
    )
    pairs: int = Field(
        0,
        ge=0,
        description="Most sensitive tensors whose interactions are measured too, pair by pair; 0"
        " for none.",
    )
    held_out: int = Field(
        24, ge=20, description="Random allocations that decide whether pairs predict better."
    )
    quadratic: Literal["auto", "never"] = Field(
        "auto", description="auto: where pairs predict better on held-out allocations."
    )
    rivals: list[str] = Field(
        ["uniform", "random", "layers", "greedy", "annealing", "qaoa"],
        description="What is shown beside the choice.",
    )
    evaluations: int = Field(
        3_000_000, ge=1, description="Most evaluations of each search (evaluations)."
    )
    qubits: int = Field(
        12, ge=1, le=20, description="Undecided tensors that a quantum solver is given (qubits)."
    )
