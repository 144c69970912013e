"""`[compress.round]`: which way each weight is rounded."""

from typing import Any

from pydantic import Field

from qml.config.base import Section


class RoundSection(Section):
    """Rounding up or down, layer by layer."""

    solver: str = Field(
        "coordinate_descent",
        description="rtn, gptq, coordinate_descent, annealing, or a solver of QUBOs in blocks that"
        " goes on from there: tabu, exact, qaoa.",
    )
    rivals: list[str] = Field(["rtn", "gptq"], description="What is shown beside it.")
    tokens: int = Field(
        4096, ge=32, description="Calibration tokens that make the Hessians (tokens)."
    )
    damping: float = Field(
        0.1, gt=0, le=1, description="Added to the Hessian's diagonal, in parts of its mean."
    )
    order: bool = Field(
        default=True, description="Whether gptq begins with the columns of the largest inputs."
    )
    sequential: bool = Field(
        default=False,
        description="Whether a matrix sees what was rounded before it in its own layer too.",
    )
    sweeps: int = Field(4, ge=1, description="Most passes of coordinate descent (passes).")
    refits: int = Field(
        1,
        ge=0,
        description="How often scales are fitted to the codes after a descent, where the format"
        " leaves them free (times).",
    )
    block: int = Field(12, ge=2, le=64, description="Weights of a row in one QUBO (weights).")
    blocks: int = Field(
        32, ge=1, description="QUBOs for the matrices that share an input, worst rows first."
    )
    evaluations: int = Field(4096, ge=2, description="Most evaluations of each QUBO (evaluations).")
    options: dict[str, Any] = Field({}, description="Settings of the solver.")
