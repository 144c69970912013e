"""`[compress.round]`: which way each weight is rounded."""

from typing import Any

from pydantic import Field

from qml.config.base import Section


class RoundSection(Section):
    """Rounding up or down, layer by layer."""

    solver: str = Field(
        "coordinate_descent",
        description="rtn, gptq, coordinate_descent, or a solver of QUBOs in blocks: annealing,"
        " tabu, exact, qaoa.",
    )
    rivals: list[str] = Field(["rtn", "gptq"], description="What is shown beside it.")
    tokens: int = Field(
        4096, ge=32, description="Calibration tokens that make the Hessians (tokens)."
    )
    damping: float = Field(
        0.01, ge=0, le=1, description="Added to the Hessian's diagonal, in parts of its mean."
    )
    sweeps: int = Field(4, ge=1, description="Passes over all columns (passes).")
    block: int = Field(12, ge=2, le=64, description="Weights of a row in one QUBO (weights).")
    options: dict[str, Any] = Field({}, description="Settings of the solver.")
