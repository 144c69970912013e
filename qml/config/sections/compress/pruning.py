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
        description="magnitude, wanda, sparsegpt, or brain_surgeon (pair terms).",
    )
    rivals: list[str] = Field(
        ["magnitude", "wanda", "sparsegpt"], description="What is shown beside it."
    )
    tokens: int = Field(4096, ge=32, description="Calibration tokens (tokens).")
    damping: float = Field(
        0.01, ge=0, le=1, description="Added to the Hessian's diagonal, in parts of its mean."
    )
