"""`[compress.prune]`: which weights become zero."""

from pydantic import Field

from qml.config.base import Section


class PruneSection(Section):
    """Pruning."""

    pattern: str = Field(
        "unstructured",
        pattern=r"^(unstructured|[1-9]\d?:[1-9]\d?|heads|neurons|gates)$",
        description="unstructured, N:M (N of M weights stay), heads, neurons, or gates of a"
        " circuit.",
    )
    solver: str = Field(
        "brain_surgeon",
        description="magnitude, wanda, sparsegpt, brain_surgeon (pair terms and update); also"
        " magnitude_global, wanda_update, sparsegpt_update, brain_surgeon_mask (no update).",
    )
    rivals: list[str] = Field(
        ["magnitude", "wanda", "sparsegpt", "brain_surgeon_mask"],
        description="What is shown beside it.",
    )
    tokens: int = Field(8192, ge=32, description="Calibration tokens (tokens).")
    damping: float = Field(
        0.1,
        ge=0,
        le=1,
        description="Added to the Hessian's diagonal, in parts of its mean; updates fit the"
        " calibration less and other text more.",
    )
    blocks: int = Field(
        24, ge=0, description="Small blocks that solvers of QUBOs are compared on; 0 for none."
    )
    block: int = Field(12, ge=2, le=30, description="Weights of a row in one block (weights).")
    block_solvers: list[str] = Field(
        ["exact", "annealing", "tabu"],
        description="Solvers of these blocks: exact, annealing, tabu, qaoa, or any other.",
    )
    block_evaluations: int = Field(
        2000, ge=1, description="Evaluations of a solver on a block (evaluations)."
    )
